package io.fourfold.orchestration.execution;

import io.fourfold.log.LogUnavailable;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
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
    private Seat seat;
    private Sandbox.Place place;
    private String workspaceId;

    PhaseRun(House house, String executionId, Phase phase, Control control, Numbers numbers, Purse purse) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.numbers = numbers;
        this.purse = purse;
    }

    /** Whether the execution may go on to its next phase. */
    boolean run() throws InterruptedException {
        if (progress().isEmpty()) {
            control.awaitResumed();
            if (!control.tell(new ExecutionCommand.StartPhase(
                    executionId, phase.id(), house.ids().uuid()))) {
                return false;
            }
        }
        seat = control.seat();
        try {
            return goOn();
        } catch (LogUnavailable unreachable) {
            // Nothing can be recorded: all is left as it is, and whoever claims the execution next goes on with it.
            control.abandon();
            throw unreachable;
        } catch (SandboxFailure | IOException broken) {
            if (workspaceId != null) {
                tell(new Workspace.Command.Fail(workspaceId, broken.getMessage()));
            }
            control.awaitResumed();
            control.tell(
                    new ExecutionCommand.Fail(executionId, phase.id(), Reason.WORKSPACE, null, broken.getMessage()));
            return false;
        } finally {
            leave();
        }
    }

    /** Nothing that goes wrong here changes what the phase has come to: a sweep takes away what stays. */
    private void leave() throws InterruptedException {
        try {
            seat.clear();
            control.leave(seat);
            if (!control.isAbandoned()) {
                destroy();
            }
        } catch (SandboxFailure | LogUnavailable broken) {
            LOGGER.log(Level.WARNING, "Workspace " + workspaceId + " is left for a sweep", broken);
        }
    }

    private boolean goOn() throws IOException, InterruptedException {
        if (step() == Step.STARTED && !provision()) {
            return false;
        }
        Progress now = progress().orElse(null);
        if (now == null || needsPlace(now) && place == null && !find(now)) {
            return now != null && lost(now);
        }
        if (now.step() == Step.WORKSPACE_READY && !agent(now)) {
            return false;
        }
        control.awaitResumed();
        Progress finished = progress().orElse(null);
        if (finished != null && finished.step() == Step.AGENT_FINISHED) {
            collect(finished);
        }
        Progress collected = progress().orElse(null);
        return collected != null && collected.step() == Step.ARTIFACTS_COLLECTED && conclude(collected);
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
        workspaceId = house.ids().workspace();
        tell(new Workspace.Command.Create(
                workspaceId, executionId, phase.id(), house.sandbox().name()));
        place = house.sandbox().create(workspaceId, limits());
        Map<String, String> commits = new Provision(house, control.state()).fill(place, seat);
        tell(new Workspace.Command.RunSetup(workspaceId, commits));
        control.awaitResumed();
        return control.tell(new ExecutionCommand.ProvisionWorkspace(executionId, phase.id(), workspaceId, commits));
    }

    /** Whether the workspace that another server made is here. */
    private boolean find(Progress now) {
        workspaceId = now.workspaceId();
        place = house.sandbox().find(workspaceId, limits()).orElse(null);
        return place != null;
    }

    /** The workspace is gone; what its agent said may be here, and is kept. */
    private boolean lost(Progress now) throws IOException, InterruptedException {
        if (now.step() == Step.WORKSPACE_READY) {
            Optional<AgentResult> result = work(now).lost();
            lost();
            result.ifPresent(
                    cost -> control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), cost)));
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
            workspaceId = now.workspaceId();
            work(now)
                    .lost()
                    .ifPresent(cost ->
                            control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), cost)));
            control.leave(seat);
            tell(new Workspace.Command.Destroy(workspaceId));
        }
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
        return new AgentWork(house, executionId, phase, control, seat, numbers, purse, place, began);
    }

    /** Whether the agent has ended and the phase goes on. */
    private boolean agent(Progress began) throws IOException, InterruptedException {
        AgentWork work = work(began);
        AgentWork.Ended ended = work.run();
        if (ended.lost()) {
            lost();
        } else {
            control.awaitResumed();
        }
        control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), ended.result()));
        purse.settle(work.sessionIds());
        if (control.wasInterrupted()) {
            Notices notices = notices(began);
            new Salvage(house.sandbox(), house.alarms()).keep(place, notices::leftOut);
            harvest(began).collect(place, notices::leftOut);
        }
        return control.isLive();
    }

    private Notices notices(Progress began) {
        return new Notices(house, numbers, new AgentLines.Place(executionId, began.sessionId(), phase.id()));
    }

    private Harvest harvest(Progress now) {
        return new Harvest(house, control.state().plan(), executionId, phase, now.sessionId());
    }

    private void collect(Progress finished) throws IOException, InterruptedException {
        List<Collected> files = harvest(finished).collect(place, notices(finished)::leftOut);
        AgentResult result = finished.result();
        String output = Outputs.text(files, house.content(), result.message());
        String sha256 = house.content().put(output).sha256();
        control.tell(new ExecutionCommand.CollectArtifacts(executionId, phase.id(), files, sha256));
    }

    private boolean conclude(Progress now) {
        ExecutionCommand conclusion = harvest(now).conclusion(now);
        return control.tell(conclusion) && conclusion instanceof ExecutionCommand.CompletePhase;
    }

    private void destroy() throws InterruptedException {
        if (place != null) {
            house.sandbox().destroy(place);
        }
        if (workspaceId != null) {
            tell(new Workspace.Command.Destroy(workspaceId));
        }
    }

    private void tell(Workspace.Command command) throws InterruptedException {
        house.tell(Workspace.AGGREGATE, command);
    }
}
