package io.fourfold.decision;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Expect;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.ExecutionPlan;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.House;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks people whether a phase may go on, and does what they say: an approval resumes the execution, a rejection or no
 * answer in time cancels it. Who resumes or cancels the execution himself has answered too.
 */
public final class PhaseApprovals implements House.Approvals {

    private final Register register;
    private final Commands commands;
    private final Function<Append, Receipt> inlet;
    private final Did by;

    /** @param by in whose name executions are run; what others ask about phases is a question without consequence */
    public PhaseApprovals(Register register, Commands commands, Function<Append, Receipt> inlet, Did by) {
        this.register = register;
        this.commands = commands;
        this.inlet = inlet;
        this.by = by;
    }

    @Override
    public void ask(String executionId, ExecutionPlan plan, String phaseId) {
        Wording.PhaseOf phase = new Wording.PhaseOf(executionId, phaseId);
        boolean asked = register.now().open().stream()
                .anyMatch(decision -> about(decision).equals(Optional.of(phase)));
        if (!asked) {
            String question = "May phase " + phaseId + " of " + plan.workflowName() + " begin (" + executionId + ")?";
            Receipt receipt = inlet.apply(new Append(List.of(Wording.phase(phase, question, by)), Expect.ANYTHING));
            if (receipt instanceof Receipt.Refused refused) {
                throw new LogUnavailable(refused.refusal().message(), false, null);
            }
        }
    }

    /** The phase that a decision is about; empty when it is about something else. */
    Optional<Wording.PhaseOf> about(Decision decision) {
        return decision.request().draft().actor().equals(by)
                ? Wording.phase(decision.request().body())
                : Optional.empty();
    }

    /** How much there was to do. What was done already, by this or by somebody else, is not done again. */
    int settle(Decision decision, Wording.PhaseOf phase) {
        ExecutionState state = commands.state(Execution.AGGREGATE, Execution.threadOf(phase.executionId()));
        boolean waits =
                state.hold() != null && phase.phaseId().equals(state.hold().awaiting());
        if (decision.isOpen() || !waits) {
            return 0;
        }
        Decision.Answer answer = decision.answer();
        ExecutionCommand command = decision.status() == Decision.Status.APPROVED
                ? new ExecutionCommand.Resume(phase.executionId())
                : new ExecutionCommand.Cancel(
                        phase.executionId(),
                        "phase " + phase.phaseId() + " was not approved"
                                + (answer.reason() == null ? "" : ": " + answer.reason()),
                        false);
        return commands.handle(Execution.AGGREGATE, command, answer.by()) instanceof Outcome.Done ? 1 : 0;
    }
}
