package io.fourfold.orchestration.execution;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state machine of one execution: every command in every state is decided here. */
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
        String id = command.executionId();
        if (command instanceof ExecutionCommand.Queue queue) {
            return state.exists()
                    ? refuse(ALREADY_EXISTS, "Expected a new execution, but " + id + " exists")
                    : accept(new ExecutionEvent.Queued(id, queue.plan(), now));
        }
        if (!state.exists()) {
            return refuse(NOT_FOUND, "Expected an execution, but there is none with the id " + id);
        }
        return switch (command) {
            case ExecutionCommand.Queue queued -> throw new IllegalStateException("decided above: " + queued);
            case ExecutionCommand.Start c ->
                in(state, id, () -> new ExecutionEvent.Started(id, c.node(), now), NOT_STARTED);
            case ExecutionCommand.StartPhase c -> startPhase(c, state, now);
            case ExecutionCommand.ProvisionWorkspace c ->
                after(
                        state,
                        id,
                        c.phaseId(),
                        Step.STARTED,
                        () -> new ExecutionEvent.WorkspaceReady(id, c.phaseId(), c.workspaceId(), c.commits(), now));
            case ExecutionCommand.RecordAgentResult c ->
                after(
                        state,
                        id,
                        c.phaseId(),
                        Step.WORKSPACE_READY,
                        () -> new ExecutionEvent.AgentFinished(id, c.phaseId(), c.result(), now));
            case ExecutionCommand.CollectArtifacts c ->
                after(
                        state,
                        id,
                        c.phaseId(),
                        Step.AGENT_FINISHED,
                        () -> new ExecutionEvent.ArtifactsCollected(
                                id, c.phaseId(), c.artifacts(), c.outputSha256(), now));
            case ExecutionCommand.CompletePhase c -> completePhase(c, state, now);
            case ExecutionCommand.Complete c -> complete(c, state, now);
            case ExecutionCommand.Fail c ->
                in(
                        state,
                        id,
                        () -> new ExecutionEvent.Failed(id, c.phaseId(), c.reason(), c.exitCode(), c.message(), now),
                        RUNNING);
            case ExecutionCommand.RequestPause c ->
                state.status() == RUNNING && state.pauseRequested()
                        ? already()
                        : in(state, id, () -> new ExecutionEvent.PauseRequested(id, c.reason(), now), RUNNING);
            case ExecutionCommand.Pause c -> pause(c, state, now);
            case ExecutionCommand.Resume c -> in(state, id, () -> new ExecutionEvent.Resumed(id, now), PAUSED);
            case ExecutionCommand.Cancel c -> cancel(c, state, now);
            case ExecutionCommand.Interrupt c ->
                in(
                        state,
                        id,
                        () -> new ExecutionEvent.Interrupted(id, state.current(), c.reason(), now),
                        RUNNING,
                        PAUSED);
            case ExecutionCommand.Retry c ->
                in(
                        state,
                        id,
                        () -> new ExecutionEvent.Retried(
                                id, state.next().map(p -> p.id()).orElse(null), now),
                        FAILED,
                        INTERRUPTED);
        };
    }

    @Override
    public ExecutionState evolve(ExecutionState state, ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Queued e ->
                new ExecutionState(NOT_STARTED, e.plan(), Map.of(), false, false, BigDecimal.ZERO);
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

    private static Decision<ExecutionEvent> startPhase(
            ExecutionCommand.StartPhase c, ExecutionState state, Instant now) {
        String next = state.next().map(p -> p.id()).orElse("no phase");
        if (state.status() == RUNNING
                && (!next.equals(c.phaseId()) || state.phase(next).isPresent())) {
            return refuse(WRONG_STATE, "Expected " + next + " to be the next phase to start, but got " + c.phaseId());
        }
        return in(
                state,
                c.executionId(),
                () -> new ExecutionEvent.PhaseStarted(c.executionId(), c.phaseId(), c.sessionId(), now),
                RUNNING);
    }

    private static Decision<ExecutionEvent> completePhase(
            ExecutionCommand.CompletePhase c, ExecutionState state, Instant now) {
        if (state.status() == RUNNING
                && state.phase(c.phaseId()).map(p -> !p.success()).orElse(false)) {
            return refuse(WRONG_STATE, "Expected the agent of " + c.phaseId() + " to have succeeded, but it failed");
        }
        return after(
                state,
                c.executionId(),
                c.phaseId(),
                Step.ARTIFACTS_COLLECTED,
                () -> new ExecutionEvent.PhaseCompleted(c.executionId(), c.phaseId(), now));
    }

    private static Decision<ExecutionEvent> complete(ExecutionCommand.Complete c, ExecutionState state, Instant now) {
        if (state.status() == RUNNING && state.next().isPresent()) {
            return refuse(
                    WRONG_STATE,
                    "Expected every phase to be completed, but "
                            + state.next().orElseThrow().id() + " is not");
        }
        return in(state, c.executionId(), () -> new ExecutionEvent.Completed(c.executionId(), now), RUNNING);
    }

    private static Decision<ExecutionEvent> pause(ExecutionCommand.Pause c, ExecutionState state, Instant now) {
        String id = c.executionId();
        if (state.status() == RUNNING && state.cancelRequested()) {
            return accept(new ExecutionEvent.Cancelled(id, state.current(), "cancelled " + c.yieldPoint(), now));
        }
        if (state.status() == RUNNING && !state.pauseRequested()) {
            return refuse(WRONG_STATE, "Expected a pause to have been requested, but " + id + " has none");
        }
        return in(state, id, () -> new ExecutionEvent.Paused(id, c.yieldPoint(), now), RUNNING);
    }

    private static Decision<ExecutionEvent> cancel(ExecutionCommand.Cancel c, ExecutionState state, Instant now) {
        String id = c.executionId();
        if (state.status() != RUNNING || c.force()) {
            return in(
                    state,
                    id,
                    () -> new ExecutionEvent.Cancelled(id, state.current(), c.reason(), now),
                    NOT_STARTED,
                    PAUSED,
                    RUNNING);
        }
        return state.cancelRequested() ? already() : accept(new ExecutionEvent.CancelRequested(id, c.reason(), now));
    }

    private interface Event {
        ExecutionEvent make();
    }

    private static Decision<ExecutionEvent> already() {
        return accept(List.of());
    }

    private static Decision<ExecutionEvent> in(ExecutionState state, String id, Event event, Status... allowed) {
        if (Set.of(allowed).contains(state.status())) {
            return accept(event.make());
        }
        String expected =
                String.join(" or ", Arrays.stream(allowed).map(Status::name).toList());
        return refuse(WRONG_STATE, "Expected " + expected + ", but " + id + " is " + state.status());
    }

    private static Decision<ExecutionEvent> after(
            ExecutionState state, String id, String phaseId, Step step, Event event) {
        String actual = state.phase(phaseId).map(p -> p.step().name()).orElse("not started");
        if (state.status() == RUNNING && !actual.equals(step.name())) {
            return refuse(WRONG_STATE, "Expected phase " + phaseId + " at " + step + ", but it is " + actual);
        }
        return in(state, id, event, RUNNING);
    }

    private static ExecutionState step(ExecutionState state, String phaseId, Step step) {
        Progress p = state.phases().get(phaseId);
        return state.with(phaseId, p.at(step));
    }

    private static ExecutionState finished(ExecutionState state, ExecutionEvent.AgentFinished e) {
        Progress p = state.phases().get(e.phaseId());
        BigDecimal cost =
                e.result().costUsd() == null ? BigDecimal.ZERO : e.result().costUsd();
        return state.with(
                        e.phaseId(),
                        new Progress(Step.AGENT_FINISHED, p.sessionId(), e.result().success(), List.of(), null))
                .spending(cost);
    }

    private static ExecutionState collected(ExecutionState state, ExecutionEvent.ArtifactsCollected e) {
        Progress p = state.phases().get(e.phaseId());
        return state.with(
                e.phaseId(),
                new Progress(
                        Step.ARTIFACTS_COLLECTED,
                        p.sessionId(),
                        p.success(),
                        e.artifacts(),
                        e.outputSha256()));
    }
}
