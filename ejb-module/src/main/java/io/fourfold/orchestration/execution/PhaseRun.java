package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.execution.ExecutionState.Step;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.SandboxFailure;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One phase, from the step it has come to: a workspace, an agent in it, what it left, and the workspace gone again
 * whatever happened, unless another server goes on with it.
 */
final class PhaseRun {

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Control control;
    private final AtomicLong seq;
    private final Purse purse;
    private Seat seat;
    private Sandbox.Place place;
    private String workspaceId;

    PhaseRun(House house, String executionId, Phase phase, Control control, AtomicLong seq, Purse purse) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.seq = seq;
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
        } catch (SandboxFailure | IOException broken) {
            if (workspaceId != null) {
                tell(new Workspace.Command.Fail(workspaceId, broken.getMessage()));
            }
            control.awaitResumed();
            control.tell(
                    new ExecutionCommand.Fail(executionId, phase.id(), Reason.WORKSPACE, null, broken.getMessage()));
            return false;
        } finally {
            seat.attach(null);
            control.leave(seat);
            if (!control.isAbandoned()) {
                destroy();
            }
        }
    }

    private boolean goOn() throws IOException, InterruptedException {
        if (step() == Step.STARTED) {
            provision();
        } else if (!find()) {
            return lost();
        }
        if (step() == Step.WORKSPACE_READY && !agent()) {
            return false;
        }
        control.awaitResumed();
        if (step() == Step.AGENT_FINISHED) {
            collect();
        }
        return step() == Step.ARTIFACTS_COLLECTED && conclude();
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

    private void provision() throws IOException, InterruptedException {
        workspaceId = house.ids().workspace();
        tell(new Workspace.Command.Create(
                workspaceId, executionId, phase.id(), house.sandbox().name()));
        place = house.sandbox().create(workspaceId, limits());
        Map<String, String> commits = new Provision(house, control.state()).fill(place, seat);
        tell(new Workspace.Command.RunSetup(workspaceId, commits));
        control.awaitResumed();
        control.tell(new ExecutionCommand.ProvisionWorkspace(executionId, phase.id(), workspaceId, commits));
    }

    /** Whether the workspace that another server made is here. */
    private boolean find() {
        workspaceId = progress().map(Progress::workspaceId).orElse(null);
        place = workspaceId == null
                ? null
                : house.sandbox().find(workspaceId, limits()).orElse(null);
        return place != null;
    }

    private boolean lost() {
        control.lose();
        control.tell(new ExecutionCommand.Interrupt(
                executionId,
                "the server that ran it went away, and its agent in phase " + phase.id() + " with it",
                true));
        return false;
    }

    /** Whether the agent has ended and the phase goes on. */
    private boolean agent() throws IOException, InterruptedException {
        AgentWork work = new AgentWork(house, executionId, phase, control, seat, seq, purse, place);
        AgentWork.Ended ended = work.run();
        if (ended.lost()) {
            lost();
        } else {
            control.awaitResumed();
        }
        control.report(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), ended.result()));
        if (control.state().status() == Status.INTERRUPTED) {
            new Salvage(house.sandbox(), house.alarms()).keep(place, work::leftOut);
            harvest().collect(place, work::leftOut);
        }
        return control.isLive();
    }

    private Harvest harvest() {
        String sessionId = progress().map(Progress::sessionId).orElse(null);
        return new Harvest(house, control.state().plan(), executionId, phase, sessionId);
    }

    private void collect() throws IOException {
        AgentLines.Place where =
                new AgentLines.Place(executionId, progress().orElseThrow().sessionId(), phase.id());
        List<Collected> files = harvest().collect(place, why -> house.telemetry()
                .accept(AgentLines.notice(
                        where, seq.incrementAndGet(), house.clock().instant(), "left_out", why)));
        AgentResult result = progress().orElseThrow().result();
        String output = Outputs.text(files, house.content(), result.message());
        String sha256 = house.content().put(output).sha256();
        control.tell(new ExecutionCommand.CollectArtifacts(executionId, phase.id(), files, sha256));
    }

    private boolean conclude() {
        Progress now = progress().orElseThrow();
        AgentResult result = now.result();
        if (!result.success()) {
            control.tell(new ExecutionCommand.Fail(
                    executionId, phase.id(), result.reason(), result.exitCode(), result.message()));
            return false;
        }
        List<String> missing = harvest().missing(now.artifacts());
        if (!missing.isEmpty()) {
            control.tell(new ExecutionCommand.Fail(
                    executionId,
                    phase.id(),
                    Reason.TASK,
                    result.exitCode(),
                    "Expected the declared output " + String.join(", ", missing)
                            + " below artifacts/output, but the phase left "
                            + harvest().names(now.artifacts())));
            return false;
        }
        return control.tell(new ExecutionCommand.CompletePhase(executionId, phase.id()));
    }

    private void destroy() {
        if (place != null) {
            house.sandbox().destroy(place);
        }
        if (workspaceId != null) {
            tell(new Workspace.Command.Destroy(workspaceId));
        }
    }

    private void tell(Workspace.Command command) {
        house.commands().handle(Workspace.AGGREGATE, command, house.actor());
    }
}
