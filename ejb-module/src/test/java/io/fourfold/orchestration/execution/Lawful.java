package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Log;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The state machine of executions, written down apart from the code that decides. */
final class Lawful {

    /** What may follow in a state, by the wire name's middle; written down apart from the code that decides. */
    private static final Map<Status, Set<String>> ALLOWED = new EnumMap<>(Map.of(
            Status.NOT_STARTED, Set.of("started", "cancelled"),
            Status.RUNNING,
                    Set.of(
                            "phase_started",
                            "workspace_ready",
                            "agent_finished",
                            "artifacts_collected",
                            "phase_completed",
                            "completed",
                            "failed",
                            "pause_requested",
                            "paused",
                            "cancel_requested",
                            "cancelled",
                            "interrupted"),
            Status.PAUSED, Set.of("resumed", "cancelled", "interrupted"),
            Status.COMPLETED, Set.of(),
            Status.FAILED, Set.of("retried", "agent_finished"),
            Status.CANCELLED, Set.of("agent_finished"),
            Status.INTERRUPTED, Set.of("retried", "agent_finished")));

    private Lawful() {}

    /** Every record of an execution may follow the one before, no phase is completed twice, and it is over. */
    static void check(String id, Log log, long seed) {
        ExecutionState state = Execution.AGGREGATE.initial();
        Map<String, Integer> completed = new HashMap<>();
        for (var entry : log.thread(Execution.threadOf(id), 0, Log.READ_MAX)) {
            ExecutionEvent event = ExecutionEvent.CODEC.read(entry).orElseThrow();
            String kind = entry.kind().split("\\.")[1];
            boolean may = state.plan() == null
                    ? kind.equals("queued")
                    : ALLOWED.get(state.status()).contains(kind);
            assertThat(may)
                    .as("%s in %s of %s (seed %d)", kind, state.status(), id, seed)
                    .isTrue();
            if (event instanceof ExecutionEvent.PhaseCompleted done) {
                completed.merge(done.phaseId(), 1, Integer::sum);
            }
            state = Execution.AGGREGATE.evolve(state, event);
        }
        assertThat(completed.values()).as(id).allMatch(times -> times == 1);
        assertThat(state.status().isOver()).as(id).isTrue();
    }
}
