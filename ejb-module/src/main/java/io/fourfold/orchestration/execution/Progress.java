package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a phase came.
 *
 * @param workspaceId  once there is one
 * @param readyAt      when its workspace stood, from which its time counts
 * @param held         how long it was held since
 * @param result       once its agent has ended
 * @param outputSha256 once its artifacts were collected
 */
public record Progress(
        Step step,
        String sessionId,
        String workspaceId,
        Instant readyAt,
        Duration held,
        AgentResult result,
        List<Collected> artifacts,
        String outputSha256) {

    static Progress started(String sessionId) {
        return new Progress(Step.STARTED, sessionId, null, null, Duration.ZERO, null, List.of(), null);
    }

    static Progress skipped() {
        return new Progress(Step.SKIPPED, null, null, null, Duration.ZERO, null, List.of(), null);
    }

    Progress at(Step next) {
        return new Progress(next, sessionId, workspaceId, readyAt, held, result, artifacts, outputSha256);
    }

    Progress ready(String workspace, Instant at) {
        return new Progress(Step.WORKSPACE_READY, sessionId, workspace, at, held, result, artifacts, outputSha256);
    }

    Progress finished(AgentResult with) {
        return new Progress(Step.AGENT_FINISHED, sessionId, workspaceId, readyAt, held, with, artifacts, outputSha256);
    }

    Progress collected(List<Collected> files, String output) {
        return new Progress(Step.ARTIFACTS_COLLECTED, sessionId, workspaceId, readyAt, held, result, files, output);
    }

    Progress heldFor(Duration more) {
        return step == Step.WORKSPACE_READY
                ? new Progress(step, sessionId, workspaceId, readyAt, held.plus(more), result, artifacts, outputSha256)
                : this;
    }

    /** When its agent is stopped for the time it took, if it is not held until then; its workspace stands. */
    Instant deadline(Phase phase) {
        return readyAt.plusSeconds(phase.timeoutSeconds()).plus(held);
    }

    public boolean success() {
        return result == null || result.success();
    }

    public boolean isDone() {
        return step == Step.COMPLETED || step == Step.SKIPPED;
    }
}
