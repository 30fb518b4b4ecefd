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
        if (progress().isEmpty() && !start()) {
            return false;
        }
        seat = control.seat();
        try {
            return goOn();
        } catch (LogUnavailable unreachable) {
            // Nothing can be recorded: all is left as it is, and whoever claims the execution next goes on with it.
            control.abandon();
            throw unreachable;
        } catch (SandboxFailure | IOException broken) {
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
        ExecutionCommand start = new ExecutionCommand.StartPhase(
                executionId, phase.id(), house.ids().uuid());
        boolean started = control.tell(List.of(start), List.of(fresh.created(executionId, phase.id())));
        workspace = started ? fresh : null;
        return started;
    }

    /** Nothing that goes wrong here changes what the phase has come to: a sweep takes away what stays. */
    private void leave() {
        try {
            seat.clear();
            control.leave(seat);
            if (!control.isAbandoned() && workspace != null) {
                control.later(workspace.destroy());
            }
        } catch (SandboxFailure broken) {
            LOGGER.log(Level.WARNING, "Workspace " + workspace.id() + " is left for a sweep", broken);
        }
    }

    private boolean goOn() throws IOException, InterruptedException {
        if (step() == Step.STARTED && !provision()) {
            return false;
        }
        Progress now = progress().orElse(null);
        if (now == null || needsPlace(now) && place() == null && !find(now)) {
            return now != null && lost(now);
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
            case AGENT_FINISHED -> collect(finished);
            case ARTIFACTS_COLLECTED -> conclude(finished);
            case STARTED, WORKSPACE_READY, COMPLETED, SKIPPED -> false;
        };
    }

    private Sandbox.Place place() {
        return workspace == null ? null : workspace.place();
    }

    private static boolean needsPlace(Progress now) {
        return now.step() == Step.WORKSPACE_READY || now.step() == Step.AGENT_FINISHED;
    }

    private Optional<Progress> progress() {
        return control.state().phase(phase.id());
    }

    /** Null once the execution was tried again by somebody else. */
    private Step step() {
        return progress().map(Progress::step).orElse(null);
    }

    private Sandbox.Limits limits() {
        return Sandbox.Limits.DEFAULT.network(house.agents().of(phase.agent()).usesNetwork());
    }

    /** Whether the phase goes on in the workspace that is made here: another server may have been quicker. */
    private boolean provision() throws IOException, InterruptedException {
        if (workspace == null) {
            workspace = PhaseWorkspace.fresh(house);
            house.tell(workspace.created(executionId, phase.id()));
        }
        workspace.make(limits());
        Map<String, String> commits = new Provision(house, control.state()).fill(workspace.place(), seat);
        control.awaitResumed();
        return control.tell(
                List.of(new ExecutionCommand.ProvisionWorkspace(executionId, phase.id(), workspace.id(), commits)),
                begun(new Workspace.Command.RunSetup(workspace.id(), commits)));
    }

    /** All that is to be on record before the agent starts. */
    private List<Opened.Step<?, ?, ?>> begun(Workspace.Command.RunSetup setup) {
        Progress now = progress().orElse(null);
        if (now == null || purse.isEmpty()) {
            return List.of(workspace.step(setup));
        }
        return List.of(
                workspace.step(setup, new Workspace.Command.StartAgent(workspace.id(), phase.agent())),
                sessions.first(now.sessionId(), control.state().plan()));
    }

    /** Whether the workspace that another server made is here. */
    private boolean find(Progress now) {
        workspace = PhaseWorkspace.known(house, now.workspaceId());
        return workspace.find(limits());
    }

    /** The workspace is gone; what its agent said may be here, and is kept. */
    private boolean lost(Progress now) throws IOException, InterruptedException {
        if (now.step() == Step.WORKSPACE_READY) {
            Optional<AgentResult> result = work(now).lost();
            lost();
            result.ifPresent(this::report);
        } else {
            lost();
        }
        return false;
    }

    /** The execution was ended while nobody ran it: what its agent cost is recorded, and its workspace's end. */
    void bury() throws IOException, InterruptedException {
        Progress now = progress().orElse(null);
        if (now != null && now.step() == Step.WORKSPACE_READY) {
            seat = control.seat();
            workspace = PhaseWorkspace.known(house, now.workspaceId());
            work(now).lost().ifPresent(this::report);
            control.leave(seat);
            workspace.tell(new Workspace.Command.Destroy(workspace.id()));
        }
    }

    private void report(AgentResult cost) {
        control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), cost), List.of());
    }

    private void lost() {
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
            lost();
        } else {
            awaitResumed(ended.closing());
        }
        report(ended);
        purse.settle(work.sessionIds());
        if (control.wasInterrupted()) {
            Notices notices = notices(began);
            new Salvage(house.sandbox(), house.alarms()).keep(place(), notices::leftOut);
            harvest(began).record(harvest(began).take(place(), notices::leftOut));
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

    private void report(AgentWork.Ended ended) throws IOException, InterruptedException {
        ExecutionCommand.RecordAgentResult result =
                new ExecutionCommand.RecordAgentResult(executionId, phase.id(), ended.result());
        if (control.report(result, ended.closing().steps())) {
            ended.closing().done();
        } else if (!control.isAbandoned()) {
            ended.closing().alone();
        }
    }

    private Notices notices(Progress began) {
        return new Notices(house, numbers, new AgentLines.Place(executionId, began.sessionId(), phase.id()));
    }

    private Harvest harvest(Progress now) {
        return new Harvest(house, control.state().plan(), executionId, phase, now.sessionId());
    }

    private boolean collect(Progress finished) throws IOException, InterruptedException {
        Harvest harvest = harvest(finished);
        Harvest.Taken taken = harvest.take(place(), notices(finished)::leftOut);
        AgentResult result = finished.result();
        String output = Outputs.text(taken.files(), house.content(), result.message());
        String sha256 = house.content().put(output).sha256();
        ExecutionCommand conclusion = harvest.conclusion(result, taken.files());
        List<ExecutionCommand> both = List.of(
                new ExecutionCommand.CollectArtifacts(executionId, phase.id(), taken.files(), sha256), conclusion);
        boolean told = control.tell(both, harvest.steps(taken));
        if (!told && control.isLive()) {
            harvest.record(taken);
            told = control.tell(both, List.of());
        }
        return told && conclusion instanceof ExecutionCommand.CompletePhase;
    }

    private boolean conclude(Progress now) {
        ExecutionCommand conclusion = harvest(now).conclusion(now.result(), now.artifacts());
        return control.tell(conclusion) && conclusion instanceof ExecutionCommand.CompletePhase;
    }
}
