package io.fourfold.orchestration.execution;

import io.fourfold.kit.ThreadFold;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Of an execution what figures over many are counted by.
 *
 * @param queuedAt null while nothing was queued under its id
 */
public record Life(String workflowId, String workflowName, List<Part> phases, Instant queuedAt, Status status) {

    /** A phase of its plan. */
    public record Part(String id, String name, int place) {}

    static final Life NONE = new Life(null, null, List.of(), null, null);

    public static ThreadFold<Life> lives(Log log) {
        return new ThreadFold<>(log, NONE, Life::after);
    }

    private Life after(Entry entry) {
        return ExecutionEvent.CODEC.read(entry).map(this::after).orElse(this);
    }

    private Life after(ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Queued e -> queued(e);
            case ExecutionEvent.Started e -> with(Status.RUNNING);
            case ExecutionEvent.Paused e -> with(Status.PAUSED);
            case ExecutionEvent.Resumed e -> with(Status.RUNNING);
            case ExecutionEvent.Retried e -> with(Status.RUNNING);
            case ExecutionEvent.Completed e -> with(Status.COMPLETED);
            case ExecutionEvent.Failed e -> with(Status.FAILED);
            case ExecutionEvent.Cancelled e -> with(Status.CANCELLED);
            case ExecutionEvent.Interrupted e -> with(Status.INTERRUPTED);
            case ExecutionEvent.PhaseStarted e -> this;
            case ExecutionEvent.PhaseSkipped e -> this;
            case ExecutionEvent.MessageInjected e -> this;
            case ExecutionEvent.WorkspaceReady e -> this;
            case ExecutionEvent.AgentFinished e -> this;
            case ExecutionEvent.ArtifactsCollected e -> this;
            case ExecutionEvent.PhaseCompleted e -> this;
            case ExecutionEvent.PauseRequested e -> this;
            case ExecutionEvent.CancelRequested e -> this;
        };
    }

    private static Life queued(ExecutionEvent.Queued e) {
        return new Life(
                e.plan().workflowId(),
                e.plan().workflowName(),
                e.plan().phases().stream()
                        .map(phase -> new Part(phase.id(), phase.name(), phase.order()))
                        .toList(),
                e.at(),
                Status.NOT_STARTED);
    }

    private Life with(Status next) {
        return new Life(workflowId, workflowName, phases, queuedAt, next);
    }

    /** False before its first event: what is told of it then is counted nowhere. */
    public boolean exists() {
        return queuedAt != null;
    }

    /** The day it was queued on, UTC. */
    public LocalDate day() {
        return LocalDate.ofInstant(queuedAt, ZoneOffset.UTC);
    }
}
