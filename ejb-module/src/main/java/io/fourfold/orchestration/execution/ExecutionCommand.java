package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import java.util.List;
import java.util.Map;

/** What may be asked of an execution. */
public sealed interface ExecutionCommand {

    String executionId();

    /**
     * Puts a new execution into the queue with everything it will need pinned.
     *
     * @param turnedAway why it ends there and then, because its key is held; null when it is let in
     */
    record Queue(String executionId, ExecutionPlan plan, String turnedAway) implements ExecutionCommand {
        public Queue(String executionId, ExecutionPlan plan) {
            this(executionId, plan, null);
        }
    }

    record Start(String executionId, String node) implements ExecutionCommand {}

    record StartPhase(String executionId, String phaseId, String sessionId) implements ExecutionCommand {}

    /** The workspace stands, with its repositories at these commits. */
    record ProvisionWorkspace(String executionId, String phaseId, String workspaceId, Map<String, String> commits)
            implements ExecutionCommand {}

    /** Its condition does not hold: the phase is passed over. */
    record SkipPhase(String executionId, String phaseId, String condition) implements ExecutionCommand {}

    record RecordAgentResult(String executionId, String phaseId, AgentResult result) implements ExecutionCommand {}

    record CollectArtifacts(String executionId, String phaseId, List<Collected> artifacts, String outputSha256)
            implements ExecutionCommand {}

    record CompletePhase(String executionId, String phaseId) implements ExecutionCommand {}

    record Complete(String executionId) implements ExecutionCommand {}

    record Fail(String executionId, String phaseId, Reason reason, Integer exitCode, String message)
            implements ExecutionCommand {}

    record RequestPause(String executionId, String reason) implements ExecutionCommand {}

    /** The runner stands before a phase that a person lets go on, and waits there. */
    record AwaitPerson(String executionId, String phaseId) implements ExecutionCommand {}

    /** The runner has reached a yield point and holds the agent there. */
    record Pause(String executionId, String yieldPoint) implements ExecutionCommand {}

    record Resume(String executionId) implements ExecutionCommand {}

    /** Takes effect at the next yield point, or with {@code force} at once. */
    record Cancel(String executionId, String reason, boolean force) implements ExecutionCommand {}

    /** {@code lost}: nobody asked for it, the agent is gone. */
    record Interrupt(String executionId, String reason, boolean lost) implements ExecutionCommand {

        /** As somebody asked for it. */
        public Interrupt(String executionId, String reason) {
            this(executionId, reason, false);
        }
    }

    /** A message for the agent of the next phase that takes one. */
    record Inject(String executionId, String message) implements ExecutionCommand {}

    record Retry(String executionId) implements ExecutionCommand {}
}
