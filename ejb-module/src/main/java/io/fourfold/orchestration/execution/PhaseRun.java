package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import io.fourfold.log.LogUnavailable;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.SandboxFailure;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One phase, from the step it has come to: a workspace, an agent in it, what it left, and the workspace gone again
 * whatever happened, unless another server goes on with it.
 */
final class PhaseRun {

    private static final System.Logger LOGGER = System.getLogger(PhaseRun.class.getName());

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Control control;
    private final Numbers numbers;
    private final Purse purse;
    private final PhaseSessions sessions;
    private Seat seat;
    private PhaseWorkspace workspace;

    PhaseRun(House house, String executionId, Phase phase, Control control, Numbers numbers, Purse purse) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.numbers = numbers;
        this.purse = purse;
        this.sessions = new PhaseSessions(house, executionId, phase);
    }

    /** Whether the execution may go on to its next phase. */
    boolean run() throws InterruptedException {
        seat = control.seat();
        try {
            return (progress().isPresent() || start()) && goOn();
        } catch (LogUnavailable unreachable) {
            // Nothing can be recorded: all is left as it is, and whoever claims the execution next goes on with it.
            control.abandon();
            throw unreachable;
        } catch (SandboxFailure | IOException broken) {
            if (control.isAbandoned()) {
                throw new InterruptedException("another server goes on with " + executionId);
            }
            if (workspace != null) {
                workspace.tell(new Workspace.Command.Fail(workspace.id(), broken.getMessage()));
            }
            control.awaitResumed();
            control.tell(
                    new ExecutionCommand.Fail(executionId, phase.id(), Reason.WORKSPACE, null, broken.getMessage()));
            return false;
        } finally {
            leave();
        }
    }

    private boolean start() throws InterruptedException {
        control.awaitResumed();
        PhaseWorkspace fresh = PhaseWorkspace.fresh(house);
        String sessionId = house.ids().uuid();
        boolean told = control.tell(
                List.of(new ExecutionCommand.StartPhase(executionId, phase.id(), sessionId)),
                List.of(fresh.step(fresh.creation(executionId, phase.id()))));
        return stands(told, fresh, now -> sessionId.equals(now.sessionId()));
    }

    /** Whether it was told, also when the answer was lost and the question was heard: then all is read again. */
    private boolean stands(boolean told, PhaseWorkspace mine, Predicate<Progress> heard) {
        if (!told && progress().filter(heard).isEmpty()) {
            return false;
        }
        workspace = told ? mine : PhaseWorkspace.known(house, mine.id());
        if (!told) {
            workspace.find(limits());
            sessions.forget();
        }
        return true;
    }

    /** Nothing that goes wrong here changes what the phase has come to: a sweep takes away what stays. */
    private void leave() throws InterruptedException {
        try {
            seat.clear();
            control.leave(seat);
        } catch (LogUnavailable away) {
            LOGGER.log(Level.WARNING, "Nothing is known of " + executionId + " at the end of a phase", away);
        }
        try {
            if (!control.isAbandoned() && workspace != null) {
                workspace.destroy();
            }
        } catch (SandboxFailure | LogUnavailable broken) {
            LOGGER.log(Level.WARNING, "Workspace " + workspace.id() + " is left for a sweep", broken);
        }
    }

    private boolean goOn() throws IOException, InterruptedException {
        Progress begun = progress().orElse(null);
        if (begun != null && begun.step() == Step.STARTED && !provision(begun)) {
            return false;
        }
        Progress now = progress().orElse(null);
        if (now == null) {
            return false;
        }
        if (needsPlace(now) && (workspace == null || workspace.place() == null) && !find(now)) {
            giveUp(now);
            return false;
        }
        if (now.step() == Step.WORKSPACE_READY && !agent(now)) {
            return false;
        }
        control.awaitResumed();
        Progress finished = progress().orElse(null);
        if (finished == null) {
            return false;
        }
        return switch (finished.step()) {
            case AGENT_FINISHED -> end(finished).collect(finished.result()) && control.isLive();
            case ARTIFACTS_COLLECTED -> end(finished).conclude(finished) && control.isLive();
            case COMPLETED -> true;
            case STARTED, WORKSPACE_READY, SKIPPED -> false;
        };
    }

    private PhaseWorkspace workspace(Progress now) {
        return workspace == null ? PhaseWorkspace.known(house, now.workspaceId()) : workspace;
    }

    private static boolean needsPlace(Progress now) {
        return now.step() == Step.WORKSPACE_READY || now.step() == Step.AGENT_FINISHED;
    }

    private Optional<Progress> progress() {
        return control.state().phase(phase.id());
    }

    private Sandbox.Limits limits() {
        return Sandbox.Limits.DEFAULT.network(house.agents().of(phase.agent()).usesNetwork());
    }

    /**
     * Whether the phase goes on in the workspace that is made here: another server may have been quicker. All that is
     * to be on record before the agent starts is written at once.
     */
    private boolean provision(Progress begun) throws IOException, InterruptedException {
        if (workspace == null) {
            workspace = PhaseWorkspace.fresh(house);
            workspace.tell(workspace.creation(executionId, phase.id()));
        }
        workspace.make(limits());
        Map<String, String> commits = new Provision(house, control.state()).fill(workspace.place(), seat);
        control.awaitResumed();
        ExecutionCommand ready =
                new ExecutionCommand.ProvisionWorkspace(executionId, phase.id(), workspace.id(), commits);
        boolean told = control.tell(List.of(ready), ready(begun.sessionId(), commits));
        return stands(told, workspace, now -> workspace.id().equals(now.workspaceId()));
    }

    private List<Opened.Step<?, ?, ?>> ready(String sessionId, Map<String, String> commits) {
        Workspace.Command setUp = new Workspace.Command.RunSetup(workspace.id(), commits);
        return purse.isEmpty()
                ? List.of(workspace.step(setUp))
                : List.of(
                        workspace.step(setUp, new Workspace.Command.StartAgent(workspace.id(), phase.agent())),
                        sessions.first(sessionId, control.state().plan()));
    }

    /** Whether the workspace that another server made is here. */
    private boolean find(Progress now) {
        workspace = PhaseWorkspace.known(house, now.workspaceId());
        return workspace.find(limits());
    }

    /** The workspace is gone; what its agent said may be here, and is kept. */
    private void giveUp(Progress now) throws IOException, InterruptedException {
        Optional<AgentResult> cost =
                now.step() == Step.WORKSPACE_READY ? work(now).lost() : Optional.empty();
        interrupt();
        cost.ifPresent(this::report);
    }

    private void report(AgentResult cost) {
        control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), cost), List.of());
    }

    private void interrupt() {
        boolean told = control.tell(new ExecutionCommand.Interrupt(
                executionId,
                "the server that ran it went away, and its agent in phase " + phase.id() + " with it",
                true));
        if (told) {
            control.lose();
        }
    }

    private AgentWork work(Progress began) {
        return new AgentWork(house, executionId, phase, control, seat, numbers, purse, workspace, sessions, began);
    }

    /** Whether the agent has ended and the phase goes on. */
    private boolean agent(Progress began) throws IOException, InterruptedException {
        AgentWork work = work(began);
        AgentWork.Ended ended = work.run();
        if (ended.lost()) {
            ended.closing().alone();
            interrupt();
        } else {
            awaitResumed(ended.closing());
        }
        PhaseEnd end = end(began);
        if (ended.lost() || !control.isLive() || !end.finish(ended)) {
            end.report(ended);
        }
        purse.settle(work.sessionIds());
        if (control.wasInterrupted()) {
            end.salvage();
        }
        return control.isLive();
    }

    /** A pause may be long: what has ended is on record meanwhile. */
    private void awaitResumed(Closing closing) throws IOException, InterruptedException {
        if (control.state().status() == Status.PAUSED) {
            closing.alone();
        }
        control.awaitResumed();
    }

    private PhaseEnd end(Progress now) {
        return new PhaseEnd(house, executionId, phase, control, numbers, now.sessionId(), workspace(now));
    }
}
