package io.fourfold.orchestration.execution;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.kit.Decision.wrongState;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;
import static io.fourfold.orchestration.execution.Status.FAILED;
import static io.fourfold.orchestration.execution.Status.INTERRUPTED;
import static io.fourfold.orchestration.execution.Status.NOT_STARTED;
import static io.fourfold.orchestration.execution.Status.PAUSED;
import static io.fourfold.orchestration.execution.Status.RUNNING;

import io.fourfold.kit.Decision;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import io.fourfold.orchestration.workflow.Concurrency.Behavior;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** One command against one state: what becomes of it, or why not. */
final class ExecutionDecision {

    private final String id;
    private final ExecutionState state;
    private final Instant now;

    ExecutionDecision(String id, ExecutionState state, Instant now) {
        this.id = id;
        this.state = state;
        this.now = now;
    }

    Decision<ExecutionEvent> on(ExecutionCommand command) {
        if (command instanceof ExecutionCommand.Queue queue) {
            return queue(queue);
        }
        return state.exists()
                ? onExisting(command)
                : refuse(NOT_FOUND, "Expected an execution, but there is none with the id " + id);
    }

    private Decision<ExecutionEvent> onExisting(ExecutionCommand command) {
        return switch (command) {
            case ExecutionCommand.Queue c -> queue(c);
            case ExecutionCommand.Start c -> when(() -> new ExecutionEvent.Started(id, c.node(), now), NOT_STARTED);
            case ExecutionCommand.StartPhase c -> startPhase(c);
            case ExecutionCommand.ProvisionWorkspace c -> provision(c);
            case ExecutionCommand.RecordAgentResult c -> agentResult(c);
            case ExecutionCommand.CollectArtifacts c -> collect(c);
            case ExecutionCommand.CompletePhase c -> completePhase(c);
            case ExecutionCommand.Complete c -> complete();
            case ExecutionCommand.Fail c -> fail(c);
            case ExecutionCommand.RequestPause c -> requestPause(c);
            case ExecutionCommand.Pause c -> pause(c);
            case ExecutionCommand.Resume c -> when(() -> new ExecutionEvent.Resumed(id, now), PAUSED);
            case ExecutionCommand.Cancel c -> cancel(c);
            case ExecutionCommand.Interrupt c -> interrupt(c);
            case ExecutionCommand.Retry c ->
                when(() -> new ExecutionEvent.Retried(id, next(), state.plan().ticket(), now), FAILED, INTERRUPTED);
        };
    }

    private Decision<ExecutionEvent> queue(ExecutionCommand.Queue c) {
        if (state.exists()) {
            return refuse(ALREADY_EXISTS, "Expected a new execution, but " + id + " exists");
        }
        ExecutionEvent queued = new ExecutionEvent.Queued(id, c.plan(), now);
        return c.turnedAway() == null
                ? accept(queued)
                : accept(List.of(queued, turnedAway(c.plan().ticket().behavior(), c.turnedAway())));
    }

    private ExecutionEvent turnedAway(Behavior behavior, String why) {
        return switch (behavior) {
            case FAIL -> new ExecutionEvent.Failed(id, null, Reason.CONCURRENCY, null, why, now);
            case CANCEL, QUEUE, REPLACE -> new ExecutionEvent.Cancelled(id, null, why, now);
        };
    }

    private Decision<ExecutionEvent> startPhase(ExecutionCommand.StartPhase c) {
        boolean isNext = c.phaseId().equals(next()) && state.phase(c.phaseId()).isEmpty();
        return running() && !isNext
                ? refuse(WRONG_STATE, "Expected " + next() + " to be the next phase to start, but got " + c.phaseId())
                : when(() -> new ExecutionEvent.PhaseStarted(id, c.phaseId(), c.sessionId(), now), RUNNING);
    }

    private Decision<ExecutionEvent> provision(ExecutionCommand.ProvisionWorkspace c) {
        return after(
                c.phaseId(),
                Step.STARTED,
                () -> new ExecutionEvent.WorkspaceReady(id, c.phaseId(), c.workspaceId(), c.commits(), now));
    }

    private Decision<ExecutionEvent> agentResult(ExecutionCommand.RecordAgentResult c) {
        return after(
                c.phaseId(),
                Step.WORKSPACE_READY,
                () -> new ExecutionEvent.AgentFinished(id, c.phaseId(), c.result(), now));
    }

    private Decision<ExecutionEvent> collect(ExecutionCommand.CollectArtifacts c) {
        return after(
                c.phaseId(),
                Step.AGENT_FINISHED,
                () -> new ExecutionEvent.ArtifactsCollected(id, c.phaseId(), c.artifacts(), c.outputSha256(), now));
    }

    private Decision<ExecutionEvent> completePhase(ExecutionCommand.CompletePhase c) {
        boolean failed = state.phase(c.phaseId()).map(p -> !p.success()).orElse(false);
        return running() && failed
                ? refuse(WRONG_STATE, "Expected the agent of " + c.phaseId() + " to have succeeded, but it failed")
                : after(
                        c.phaseId(),
                        Step.ARTIFACTS_COLLECTED,
                        () -> new ExecutionEvent.PhaseCompleted(id, c.phaseId(), now));
    }

    private Decision<ExecutionEvent> complete() {
        return running() && next() != null
                ? refuse(WRONG_STATE, "Expected every phase to be completed, but " + next() + " is not")
                : when(() -> new ExecutionEvent.Completed(id, now), RUNNING);
    }

    private Decision<ExecutionEvent> fail(ExecutionCommand.Fail c) {
        return when(
                () -> new ExecutionEvent.Failed(id, c.phaseId(), c.reason(), c.exitCode(), c.message(), now), RUNNING);
    }

    private Decision<ExecutionEvent> requestPause(ExecutionCommand.RequestPause c) {
        return running() && state.pauseRequested()
                ? accept(List.of())
                : when(() -> new ExecutionEvent.PauseRequested(id, c.reason(), now), RUNNING);
    }

    private Decision<ExecutionEvent> pause(ExecutionCommand.Pause c) {
        if (running() && state.cancelRequested()) {
            return accept(new ExecutionEvent.Cancelled(id, state.current(), "cancelled " + c.yieldPoint(), now));
        }
        return running() && !state.pauseRequested()
                ? refuse(WRONG_STATE, "Expected a pause to have been requested, but " + id + " has none")
                : when(() -> new ExecutionEvent.Paused(id, c.yieldPoint(), now), RUNNING);
    }

    private Decision<ExecutionEvent> cancel(ExecutionCommand.Cancel c) {
        if (!running() || c.force()) {
            return when(
                    () -> new ExecutionEvent.Cancelled(id, state.current(), c.reason(), now),
                    NOT_STARTED,
                    PAUSED,
                    RUNNING);
        }
        return state.cancelRequested()
                ? accept(List.of())
                : accept(new ExecutionEvent.CancelRequested(id, c.reason(), now));
    }

    private Decision<ExecutionEvent> interrupt(ExecutionCommand.Interrupt c) {
        return when(() -> new ExecutionEvent.Interrupted(id, state.current(), c.reason(), now), RUNNING, PAUSED);
    }

    private boolean running() {
        return state.status() == RUNNING;
    }

    private String next() {
        return state.next().map(Phase::id).orElse(null);
    }

    private Decision<ExecutionEvent> when(Supplier<ExecutionEvent> event, Status... allowed) {
        return Arrays.asList(allowed).contains(state.status())
                ? accept(event.get())
                : wrongState(id, state.status(), allowed);
    }

    private Decision<ExecutionEvent> after(String phaseId, Step step, Supplier<ExecutionEvent> event) {
        String actual = state.phase(phaseId).map(p -> p.step().name()).orElse("not started");
        return running() && !actual.equals(step.name())
                ? refuse(WRONG_STATE, "Expected phase " + phaseId + " at " + step + ", but it is " + actual)
                : when(event, RUNNING);
    }
}
