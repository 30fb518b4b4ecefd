package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workflow.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a phase under way has to be done: its timeout from when its workspace stood, and what it was paused for on top.
 *
 * @param at          null while it is paused: then the clock stands still
 * @param leftSeconds of the timeout; 0 when it has passed
 */
public record Deadline(String phaseId, Instant at, long leftSeconds) {

    /** Of each phase whose agent is at work or held. */
    public static List<Deadline> of(ExecutionState state, Instant now) {
        return !state.exists() || state.status().isOver()
                ? List.of()
                : state.plan().phases().stream()
                        .flatMap(phase -> state.phase(phase.id()).stream()
                                .filter(progress -> progress.step() == ExecutionState.Step.WORKSPACE_READY)
                                .map(progress -> of(phase, progress, state.hold(), now)))
                        .toList();
    }

    private static Deadline of(Phase phase, Progress progress, ExecutionState.Hold hold, Instant now) {
        Instant at = progress.deadline(phase);
        Instant until = hold == null ? now : hold.since();
        long left = Math.max(0, Duration.between(until, at).toSeconds());
        return new Deadline(phase.id(), hold == null ? at : null, left);
    }
}
