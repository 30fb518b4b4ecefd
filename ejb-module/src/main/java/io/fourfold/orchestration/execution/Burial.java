package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.execution.ExecutionState.Step;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.session.AgentResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Closes the records of agents and workspaces that nobody will come back to, and takes their places away. Done again,
 * it changes nothing.
 */
record Burial(House house, String executionId, Control control) {

    /** Of an execution that was ended while nobody ran it: what its agents cost is recorded, too. */
    void all() throws InterruptedException {
        for (Phase phase : control.state().plan().phases()) {
            Progress then = control.state().phases().get(phase.id());
            if (then != null) {
                bury(
                        phase,
                        then,
                        cost -> control.report(
                                new ExecutionCommand.RecordAgentResult(executionId, phase.id(), cost), List.of()));
            }
        }
        left();
    }

    /** Of phases that begin anew: what their agents cost is with the sessions only. */
    void left() throws InterruptedException {
        for (ExecutionState.Left left : control.state().left()) {
            bury(control.state().plan().phase(left.phaseId()), left.progress(), cost -> {});
        }
    }

    private void bury(Phase phase, Progress then, Consumer<AgentResult> cost) throws InterruptedException {
        if (then.workspaceId() == null) {
            return;
        }
        PhaseWorkspace workspace = PhaseWorkspace.known(house, then.workspaceId());
        if (!workspace.isEnded()) {
            workspace.find(Sandbox.Limits.DEFAULT);
        }
        if (then.step() == Step.WORKSPACE_READY) {
            close(phase, then, workspace, cost);
        }
        if (!workspace.isEnded()) {
            workspace.destroy();
        }
    }

    private void close(Phase phase, Progress then, PhaseWorkspace workspace, Consumer<AgentResult> cost)
            throws InterruptedException {
        Numbers numbers = Numbers.of(house, executionId, control.state());
        PhaseSessions sessions = new PhaseSessions(house, executionId, phase);
        Seat seat = control.seat();
        try {
            new AgentWork(
                            house,
                            executionId,
                            phase,
                            control,
                            seat,
                            numbers,
                            new Purse(control),
                            workspace,
                            sessions,
                            then)
                    .lost()
                    .ifPresent(cost);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            control.leave(seat);
        }
    }
}
