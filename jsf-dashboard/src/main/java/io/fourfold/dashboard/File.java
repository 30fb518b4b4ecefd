package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import io.fourfold.view.ArtifactRow;
import io.fourfold.view.PhaseRow;
import java.util.List;

/** An artifact in a list; {@code phase} is the name of the phase that left it. */
public record File(String id, String title, String size, String phase) {

    static File of(ArtifactRow row, List<PhaseRow> phases) {
        String phase = phases.stream()
                .filter(p -> p.phaseId.equals(row.phaseId))
                .map(p -> p.name)
                .findFirst()
                .orElse("");
        return new File(row.id, row.title, Display.bytes(row.sizeBytes), phase);
    }
}
