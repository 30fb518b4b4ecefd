package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.ExecutionState.Wanted.CANCEL;
import static io.fourfold.orchestration.execution.ExecutionState.Wanted.PAUSE;
import static io.fourfold.orchestration.execution.Status.FAILED;
import static io.fourfold.orchestration.execution.Status.INTERRUPTED;
import static io.fourfold.orchestration.execution.Status.RUNNING;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import java.time.Instant;
import java.util.function.UnaryOperator;

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
            case ExecutionEvent.Queued e -> queued(e.plan());
            case ExecutionEvent.Started e -> state.with(RUNNING);
            case ExecutionEvent.PhaseStarted e -> state.with(e.phaseId(), Progress.started(e.sessionId()));
            case ExecutionEvent.PhaseSkipped e -> state.with(e.phaseId(), Progress.skipped());
            case ExecutionEvent.WorkspaceReady e ->
                change(state, e.phaseId(), p -> p.ready(e.workspaceId(), e.at()))
                        .clonedAt(e.commits());
            case ExecutionEvent.AgentFinished e ->
                change(state, e.phaseId(), p -> p.finished(e.result())).spending(e.result());
            case ExecutionEvent.ArtifactsCollected e ->
                change(state, e.phaseId(), p -> p.collected(e.artifacts(), e.outputSha256()));
            case ExecutionEvent.PhaseCompleted e -> change(state, e.phaseId(), p -> p.at(Step.COMPLETED));
            case ExecutionEvent.Completed e -> state.with(Status.COMPLETED);
            case ExecutionEvent.Failed e -> state.with(FAILED);
            case ExecutionEvent.PauseRequested e -> state.wanting(state.wanted() == CANCEL ? CANCEL : PAUSE);
            case ExecutionEvent.Paused e -> state.paused(new ExecutionState.Hold(e.at(), e.awaiting()));
            case ExecutionEvent.Resumed e -> state.resumed(e.at());
            case ExecutionEvent.CancelRequested e -> state.wanting(CANCEL);
            case ExecutionEvent.Cancelled e -> state.with(Status.CANCELLED);
            case ExecutionEvent.Interrupted e -> state.with(INTERRUPTED);
            case ExecutionEvent.Retried e -> state.retried();
            case ExecutionEvent.MessageInjected e -> state.told(e.phaseId(), e.message());
        };
    }

    private static ExecutionState queued(ExecutionPlan plan) {
        ExecutionState none = ExecutionState.NONE;
        return new ExecutionState(
                none.status(),
                plan,
                none.phases(),
                none.wanted(),
                none.hold(),
                none.commits(),
                none.approved(),
                none.messages(),
                none.spent(),
                none.retries(),
                none.left());
    }

    private static ExecutionState change(ExecutionState state, String phaseId, UnaryOperator<Progress> how) {
        return state.with(phaseId, how.apply(state.phases().get(phaseId)));
    }
}
