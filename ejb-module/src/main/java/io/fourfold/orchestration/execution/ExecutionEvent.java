package io.fourfold.orchestration.execution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.EventCodec;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happened to an execution. Wire names are in {@link #CODEC}, chosen once. */
public sealed interface ExecutionEvent {

    EventCodec<ExecutionEvent> CODEC = new EventCodec<>(
            Map.ofEntries(
                    Map.entry("execution.queued.v1", Queued.class),
                    Map.entry("execution.started.v1", Started.class),
                    Map.entry("execution.phase_started.v1", PhaseStarted.class),
                    Map.entry("execution.workspace_ready.v1", WorkspaceReady.class),
                    Map.entry("execution.phase_skipped.v1", PhaseSkipped.class),
                    Map.entry("execution.agent_finished.v1", AgentFinished.class),
                    Map.entry("execution.artifacts_collected.v1", ArtifactsCollected.class),
                    Map.entry("execution.phase_completed.v1", PhaseCompleted.class),
                    Map.entry("execution.completed.v1", Completed.class),
                    Map.entry("execution.failed.v1", Failed.class),
                    Map.entry("execution.pause_requested.v1", PauseRequested.class),
                    Map.entry("execution.paused.v1", Paused.class),
                    Map.entry("execution.resumed.v1", Resumed.class),
                    Map.entry("execution.cancel_requested.v1", CancelRequested.class),
                    Map.entry("execution.message_injected.v1", MessageInjected.class),
                    Map.entry("execution.cancelled.v2", Cancelled.class),
                    Map.entry("execution.interrupted.v2", Interrupted.class),
                    Map.entry("execution.retried.v2", Retried.class)),
            Map.of(
                    "execution.cancelled.v1",
                            new EventCodec.Upcast("execution.cancelled.v2", body -> several(body, "phase_id")),
                    "execution.interrupted.v1",
                            new EventCodec.Upcast("execution.interrupted.v2", body -> several(body, "phase_id")),
                    "execution.retried.v1",
                            new EventCodec.Upcast("execution.retried.v2", body -> several(body, "from_phase"))));

    /** Before phases ran side by side there was one of them, or none. */
    private static ObjectNode several(ObjectNode body, String one) {
        JsonNode phase = body.remove(one);
        ArrayNode phases = body.putArray("phase_ids");
        if (phase != null) {
            phases.add(phase);
        }
        return body;
    }

    String executionId();

    Instant at();

    /** Whether it ends the execution, until someone retries it. */
    @JsonIgnore
    default boolean isOver() {
        return this instanceof Completed
                || this instanceof Failed
                || this instanceof Cancelled
                || this instanceof Interrupted;
    }

    record Queued(String executionId, ExecutionPlan plan, Instant at) implements ExecutionEvent {}

    record Started(String executionId, String node, Instant at) implements ExecutionEvent {}

    record PhaseStarted(String executionId, String phaseId, String sessionId, Instant at) implements ExecutionEvent {}

    record WorkspaceReady(
            String executionId, String phaseId, String workspaceId, Map<String, String> commits, Instant at)
            implements ExecutionEvent {}

    record AgentFinished(String executionId, String phaseId, AgentResult result, Instant at)
            implements ExecutionEvent {}

    /** {@code outputSha256} is where the content store holds what {@code {{phase-id}}} stands for in later prompts. */
    record ArtifactsCollected(
            String executionId, String phaseId, List<Collected> artifacts, String outputSha256, Instant at)
            implements ExecutionEvent {}

    record PhaseSkipped(String executionId, String phaseId, String condition, Instant at) implements ExecutionEvent {}

    record PhaseCompleted(String executionId, String phaseId, Instant at) implements ExecutionEvent {}

    record Completed(String executionId, Instant at) implements ExecutionEvent {}

    /**
     * {@code phaseId} is null when no phase had begun; {@code exitCode} when no process had ended; {@code cutOff} are
     * the phases that ran beside it.
     */
    record Failed(
            String executionId,
            String phaseId,
            Reason reason,
            Integer exitCode,
            String message,
            List<String> cutOff,
            Instant at)
            implements ExecutionEvent {
        public Failed {
            cutOff = cutOff == null ? List.of() : List.copyOf(cutOff);
        }
    }

    record PauseRequested(String executionId, String reason, Instant at) implements ExecutionEvent {}

    /** {@code awaiting} is the phase that a person lets go on, null when somebody asked for the pause. */
    record Paused(String executionId, String yieldPoint, String awaiting, Instant at) implements ExecutionEvent {}

    record Resumed(String executionId, Instant at) implements ExecutionEvent {}

    record CancelRequested(String executionId, String reason, Instant at) implements ExecutionEvent {}

    /** {@code phaseIds} are the phases that were under way. */
    record Cancelled(String executionId, List<String> phaseIds, String reason, Instant at) implements ExecutionEvent {}

    /** {@code phaseIds} are the phases that were under way; {@code lost}, that their agents were gone. */
    record Interrupted(String executionId, List<String> phaseIds, String reason, boolean lost, Instant at)
            implements ExecutionEvent {}

    /** {@code phaseIds} are those that begin anew; it waits in line again, with the same ticket. */
    record Retried(String executionId, List<String> phaseIds, Ticket ticket, Instant at) implements ExecutionEvent {
        public Retried {
            ticket = ticket == null ? Ticket.plain() : ticket;
        }
    }

    /** The agent of {@code phaseId} finds it in its prompt. */
    record MessageInjected(String executionId, String phaseId, String message, Instant at) implements ExecutionEvent {}

    /** A file the phase left: its artifact, its path below {@code artifacts/output}, and where its bytes are. */
    record Collected(String artifactId, String path, String sha256) {}
}
