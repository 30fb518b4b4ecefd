package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Status.FAILED;
import static io.fourfold.orchestration.execution.Status.INTERRUPTED;
import static io.fourfold.orchestration.execution.Status.NOT_STARTED;
import static io.fourfold.orchestration.execution.Status.PAUSED;
import static io.fourfold.orchestration.execution.Status.RUNNING;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.ExecutionState.Progress;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The state machine of one execution: {@link ExecutionDecision} decides, this evolves. */
public final class Execution implements Aggregate<ExecutionCommand, ExecutionState, ExecutionEvent> {

    public static final Execution AGGREGATE = new Execution();

    private Execution() {}

    public static ThreadId threadOf(String executionId) {
        return ThreadId.of("execution", executionId);
    }

    @Override
    public ThreadId thread(ExecutionCommand command) {
        return threadOf(command.executionId());
    }

    @Override
    public ExecutionState initial() {
        return ExecutionState.NONE;
    }

    @Override
    public EventCodec<ExecutionEvent> codec() {
        return ExecutionEvent.CODEC;
    }

    @Override
    public Decision<ExecutionEvent> decide(ExecutionCommand command, ExecutionState state, Instant now) {
        return new ExecutionDecision(command.executionId(), state, now).on(command);
    }

    @Override
    public ExecutionState evolve(ExecutionState state, ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Queued e ->
                new ExecutionState(NOT_STARTED, e.plan(), Map.of(), false, false, ExecutionState.Spent.NOTHING, 0);
            case ExecutionEvent.Started e -> state.with(RUNNING);
            case ExecutionEvent.PhaseStarted e ->
                state.with(e.phaseId(), new Progress(Step.STARTED, e.sessionId(), true, List.of(), null));
            case ExecutionEvent.WorkspaceReady e -> step(state, e.phaseId(), Step.WORKSPACE_READY);
            case ExecutionEvent.AgentFinished e -> finished(state, e);
            case ExecutionEvent.ArtifactsCollected e -> collected(state, e);
            case ExecutionEvent.PhaseCompleted e -> step(state, e.phaseId(), Step.COMPLETED);
            case ExecutionEvent.Completed e -> state.with(Status.COMPLETED);
            case ExecutionEvent.Failed e -> state.with(FAILED);
            case ExecutionEvent.PauseRequested e -> state.requested(true, state.cancelRequested());
            case ExecutionEvent.Paused e -> state.with(PAUSED);
            case ExecutionEvent.Resumed e -> state.with(RUNNING);
            case ExecutionEvent.CancelRequested e -> state.requested(state.pauseRequested(), true);
            case ExecutionEvent.Cancelled e -> state.with(Status.CANCELLED);
            case ExecutionEvent.Interrupted e -> state.with(INTERRUPTED);
            case ExecutionEvent.Retried e -> state.retried();
        };
    }

    private static ExecutionState step(ExecutionState state, String phaseId, Step step) {
        Progress p = state.phases().get(phaseId);
        return state.with(phaseId, p.at(step));
    }

    private static ExecutionState finished(ExecutionState state, ExecutionEvent.AgentFinished e) {
        Progress p = state.phases().get(e.phaseId());
        return state.with(
                        e.phaseId(),
                        new Progress(
                                Step.AGENT_FINISHED, p.sessionId(), e.result().success(), List.of(), null))
                .spending(e.result());
    }

    private static ExecutionState collected(ExecutionState state, ExecutionEvent.ArtifactsCollected e) {
        Progress p = state.phases().get(e.phaseId());
        return state.with(
                e.phaseId(),
                new Progress(Step.ARTIFACTS_COLLECTED, p.sessionId(), p.success(), e.artifacts(), e.outputSha256()));
    }
}
