package io.fourfold.dashboard;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.util.List;

/** Which phase a page shows the tools of. */
final class Selection {

    private Selection() {}

    /**
     * The one asked for, else the current, else the failed, else the last that began, else the first; null without
     * any.
     */
    static PhaseRow of(List<PhaseRow> phases, String asked, ExecutionRow row) {
        PhaseRow begun = null;
        for (String id : new String[] {asked, row.currentPhase, row.failedPhase}) {
            for (PhaseRow phase : phases) {
                if (phase.phaseId.equals(id)) {
                    return phase;
                }
                begun = phase.status.equals("pending") ? begun : phase;
            }
        }
        return begun != null || phases.isEmpty() ? begun : phases.get(0);
    }
}
