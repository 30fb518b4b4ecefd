package io.fourfold.orchestration.execution;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.kit.Decision.wrongState;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.INVALID_INPUT;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;
import static io.fourfold.orchestration.execution.Status.FAILED;
import static io.fourfold.orchestration.execution.Status.INTERRUPTED;
import static io.fourfold.orchestration.execution.Status.NOT_STARTED;
import static io.fourfold.orchestration.execution.Status.PAUSED;
import static io.fourfold.orchestration.execution.Status.RUNNING;

import io.fourfold.kit.Decision;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import io.fourfold.orchestration.execution.ExecutionState.Wanted;
import io.fourfold.orchestration.workflow.Phase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One command against one state: what becomes of it, or why not. */
final class ExecutionDecision {

    static final int MESSAGE_MAX_CHARS = 32_000;

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
            case ExecutionCommand.SkipPhase c -> skip(c);
            case ExecutionCommand.ProvisionWorkspace c -> provision(c);
            case ExecutionCommand.RecordAgentResult c -> agentResult(c);
            case ExecutionCommand.CollectArtifacts c -> collect(c);
            case ExecutionCommand.CompletePhase c -> completePhase(c);
            case ExecutionCommand.Complete c -> complete();
            case ExecutionCommand.Fail c -> fail(c);
            case ExecutionCommand.RequestPause c -> requestPause(c);
            case ExecutionCommand.AwaitPerson c -> awaitPerson(c);
            case ExecutionCommand.Pause c -> pause(c);
            case ExecutionCommand.Inject c -> inject(c);
            case ExecutionCommand.Resume c -> when(() -> new ExecutionEvent.Resumed(id, now), PAUSED);
            case ExecutionCommand.Cancel c -> cancel(c);
            case ExecutionCommand.Interrupt c -> interrupt(c);
            case ExecutionCommand.Retry c ->
                when(
                        () -> new ExecutionEvent.Retried(
                                id, state.current(), state.plan().ticket(), now),
                        FAILED,
                        INTERRUPTED);
        };
    }

    private Decision<ExecutionEvent> queue(ExecutionCommand.Queue c) {
        if (state.exists()) {
            return refuse(ALREADY_EXISTS, "Expected a new execution, but " + id + " exists");
        }
        ExecutionEvent queued = new ExecutionEvent.Queued(id, c.plan(), now);
        return c.turnedAway() == null
                ? accept(queued)
                : accept(List.of(queued, c.plan().ticket().turnedAway(id, c.turnedAway(), now)));
    }

    private Decision<ExecutionEvent> startPhase(ExecutionCommand.StartPhase c) {
        Optional<Phase> phase = toCome(c.phaseId());
        if (running() && phase.isPresent() && state.awaitsPerson(phase.get())) {
            return refuse(WRONG_STATE, "Expected a person to let " + c.phaseId() + " go on, but nobody has");
        }
        return running() && phase.isEmpty()
                ? notNext(c.phaseId())
                : when(() -> new ExecutionEvent.PhaseStarted(id, c.phaseId(), c.sessionId(), now), RUNNING);
    }

    private Decision<ExecutionEvent> skip(ExecutionCommand.SkipPhase c) {
        return running() && toCome(c.phaseId()).isEmpty()
                ? notNext(c.phaseId())
                : when(() -> new ExecutionEvent.PhaseSkipped(id, c.phaseId(), c.condition(), now), RUNNING);
    }

    private Decision<ExecutionEvent> awaitPerson(ExecutionCommand.AwaitPerson c) {
        boolean awaits = toCome(c.phaseId()).filter(state::awaitsPerson).isPresent();
        return running() && !awaits
                ? refuse(WRONG_STATE, "Expected a phase that a person lets go on, but " + c.phaseId() + " is none")
                : when(() -> new ExecutionEvent.Paused(id, "before phase " + c.phaseId(), c.phaseId(), now), RUNNING);
    }

    /** Of the phases that are next, one that has not begun. */
    private Optional<Phase> toCome(String phaseId) {
        return state.wave().stream()
                .filter(p -> p.id().equals(phaseId) && state.phase(phaseId).isEmpty())
                .findFirst();
    }

    private Decision<ExecutionEvent> notNext(String phaseId) {
        return refuse(WRONG_STATE, "Expected " + next() + " to be the next phase to start, but got " + phaseId);
    }

    private Decision<ExecutionEvent> provision(ExecutionCommand.ProvisionWorkspace c) {
        return after(
                c.phaseId(),
                Step.STARTED,
                () -> new ExecutionEvent.WorkspaceReady(id, c.phaseId(), c.workspaceId(), c.commits(), now));
    }

    /** Also of an execution that was ended over its agent: what the agent cost, it cost. */
    private Decision<ExecutionEvent> agentResult(ExecutionCommand.RecordAgentResult c) {
        String actual = state.phase(c.phaseId()).map(p -> p.step().name()).orElse("not started");
        return (running() || state.status().isOver()) && !actual.equals(Step.WORKSPACE_READY.name())
                ? refuse(WRONG_STATE, "Expected phase " + c.phaseId() + " at WORKSPACE_READY, but it is " + actual)
                : when(
                        () -> new ExecutionEvent.AgentFinished(id, c.phaseId(), c.result(), now),
                        RUNNING,
                        FAILED,
                        Status.CANCELLED,
                        INTERRUPTED);
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
        List<String> cutOff = state.current().stream()
                .filter(phase -> !phase.equals(c.phaseId()))
                .toList();
        return when(
                () -> new ExecutionEvent.Failed(id, c.phaseId(), c.reason(), c.exitCode(), c.message(), cutOff, now),
                RUNNING);
    }

    private Decision<ExecutionEvent> requestPause(ExecutionCommand.RequestPause c) {
        return running() && state.wanted() == Wanted.PAUSE
                ? accept(List.of())
                : when(() -> new ExecutionEvent.PauseRequested(id, c.reason(), now), RUNNING);
    }

    private Decision<ExecutionEvent> pause(ExecutionCommand.Pause c) {
        if (running() && state.wanted() == Wanted.CANCEL) {
            return accept(new ExecutionEvent.Cancelled(id, state.current(), "cancelled " + c.yieldPoint(), now));
        }
        return running() && state.wanted() != Wanted.PAUSE
                ? refuse(WRONG_STATE, "Expected a pause to have been requested, but " + id + " has none")
                : when(() -> new ExecutionEvent.Paused(id, c.yieldPoint(), null, now), RUNNING);
    }

    private Decision<ExecutionEvent> cancel(ExecutionCommand.Cancel c) {
        if (!running() || c.force()) {
            return when(
                    () -> new ExecutionEvent.Cancelled(id, state.current(), c.reason(), now),
                    NOT_STARTED,
                    PAUSED,
                    RUNNING);
        }
        return state.wanted() == Wanted.CANCEL
                ? accept(List.of())
                : accept(new ExecutionEvent.CancelRequested(id, c.reason(), now));
    }

    private Decision<ExecutionEvent> interrupt(ExecutionCommand.Interrupt c) {
        return when(
                () -> new ExecutionEvent.Interrupted(id, state.current(), c.reason(), c.lost(), now), RUNNING, PAUSED);
    }

    /** A model's agent reads its prompt once, at its start; what works already takes no message. */
    private Decision<ExecutionEvent> inject(ExecutionCommand.Inject c) {
        if (c.message().isBlank() || c.message().length() > MESSAGE_MAX_CHARS) {
            return refuse(
                    INVALID_INPUT,
                    "message: expected 1 to " + MESSAGE_MAX_CHARS + " characters, but were "
                            + c.message().strip().length());
        }
        if (state.status().isOver()) {
            return wrongState(id, state.status(), NOT_STARTED, RUNNING, PAUSED);
        }
        return state.plan().phases().stream()
                .filter(p -> p.agent().equals("claude") && state.phase(p.id()).isEmpty())
                .findFirst()
                .map(p -> accept((ExecutionEvent) new ExecutionEvent.MessageInjected(id, p.id(), c.message(), now)))
                .orElseGet(() -> refuse(
                        WRONG_STATE,
                        "Expected a phase with a model that is still to begin, but " + id + " has none: an agent takes"
                                + " messages with its prompt, and none while it works"));
    }

    private boolean running() {
        return state.status() == RUNNING;
    }

    private String next() {
        return state.wave().stream().map(Phase::id).findFirst().orElse(null);
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
