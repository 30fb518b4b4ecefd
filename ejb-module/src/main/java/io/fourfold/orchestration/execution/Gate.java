package io.fourfold.orchestration.execution;

import io.fourfold.expression.ExpressionFailure;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands before phases: people who hold the execution, conditions, and phases that a person lets go on. */
final class Gate {

    private final House house;
    private final String executionId;
    private final Control control;

    Gate(House house, String executionId, Control control) {
        this.house = house;
        this.executionId = executionId;
        this.control = control;
    }

    /** Those of the neighbours that are to run now; none when all are passed over, or when the execution is over. */
    List<Phase> open(List<Phase> wave) throws InterruptedException {
        boolean underWay = wave.stream().anyMatch(this::isUnderWay);
        if (!underWay) {
            askAgain();
            control.yield("before phase " + wave.stream().map(Phase::id).collect(Collectors.joining(", ")));
        }
        List<Phase> due = new ArrayList<>();
        for (Phase phase : wave) {
            if (control.isLive() && (isUnderWay(phase) || holds(phase) && letOn(phase))) {
                due.add(phase);
            }
        }
        return due;
    }

    private boolean isUnderWay(Phase phase) {
        return control.state().phase(phase.id()).isPresent();
    }

    /** Whether its condition holds; when it does not, that is recorded. */
    private boolean holds(Phase phase) {
        if (phase.when() == null) {
            return true;
        }
        try {
            boolean holds = new Provision(house, control.state()).holds(phase.when());
            if (!holds) {
                control.tell(new ExecutionCommand.SkipPhase(executionId, phase.id(), phase.when()));
            }
            return holds;
        } catch (ExpressionFailure broken) {
            control.tell(new ExecutionCommand.Fail(
                    executionId, phase.id(), Reason.TASK, null, "when: " + broken.getMessage()));
            return false;
        }
    }

    /** Waits for a person where the phase asks for one. */
    private boolean letOn(Phase phase) throws InterruptedException {
        if (control.state().awaitsPerson(phase)) {
            control.tell(new ExecutionCommand.AwaitPerson(executionId, phase.id()));
            askAgain();
            control.awaitResumed();
        }
        return control.isLive();
    }

    /** Asking for the same again changes nothing. */
    private void askAgain() {
        ExecutionState state = control.state();
        if (state.hold() != null && state.hold().awaiting() != null) {
            house.approvals().ask(executionId, state.plan(), state.hold().awaiting());
        }
    }
}
