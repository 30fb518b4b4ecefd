package io.fourfold.orchestration.execution;

import static io.fourfold.kit.Given.NOW;
import static io.fourfold.kit.Given.given;
import static io.fourfold.orchestration.execution.Samples.ID;
import static io.fourfold.orchestration.execution.Samples.phaseStarted;
import static io.fourfold.orchestration.execution.Samples.started;
import static io.fourfold.orchestration.execution.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Given;
import io.fourfold.log.Refusal.Code;
import io.fourfold.orchestration.execution.ExecutionCommand.Retry;
import io.fourfold.orchestration.execution.ExecutionCommand.StartPhase;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Phases side by side, phases that a person lets go on, and messages for those to come. */
class ExecutionPhasesTest {

    private static final List<Phase> WITH_A_PERSON = Samples.workflow(
                    "{id: w, phases: [{id: one, prompt: x, execution_type: human_in_loop}, {id: two, run: 'true'}]}")
            .phases();

    private static final List<Phase> SIDE_BY_SIDE = Samples.workflow("""
            id: w
            phases:
              - {id: one, run: 'true', order: 1, execution_type: parallel}
              - {id: two, run: 'true', order: 1, execution_type: parallel}
              - {id: three, prompt: x}
            """).phases();

    private static List<ExecutionEvent> join(List<ExecutionEvent> first, List<ExecutionEvent> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<ExecutionEvent> join(List<ExecutionEvent> first, ExecutionEvent... second) {
        return join(first, Arrays.asList(second));
    }

    private static Given<ExecutionCommand, ExecutionState, ExecutionEvent> after(List<ExecutionEvent> events) {
        return given(Execution.AGGREGATE, events);
    }

    private static List<ExecutionEvent> running(List<Phase> phases) {
        return List.of(new ExecutionEvent.Queued(ID, Samples.plan(phases), NOW), started());
    }

    @Test
    void neighboursOfOneOrderRunSideBySideAndTheNextWaitsForBoth() {
        List<ExecutionEvent> one = join(running(SIDE_BY_SIDE), phaseStarted("one"));
        after(one).when(new StartPhase(ID, "two", "s")).then(new ExecutionEvent.PhaseStarted(ID, "two", "s", NOW));
        after(one).when(new StartPhase(ID, "three", "s")).refused(Code.WRONG_STATE);
        List<ExecutionEvent> both = join(running(SIDE_BY_SIDE), whole("one", "1"));
        after(both).when(new StartPhase(ID, "three", "s")).refused(Code.WRONG_STATE);
        assertThat(after(join(both, whole("two", "1"))).state().wave())
                .extracting(Phase::id)
                .containsExactly("three");
    }

    @Test
    void aFailureNamesThePhasesThatItCutsOffAndARetryBeginsThemAnew() {
        List<ExecutionEvent> both = join(running(SIDE_BY_SIDE), phaseStarted("one"), phaseStarted("two"));
        ExecutionEvent failed = new ExecutionEvent.Failed(ID, "two", Reason.TASK, 3, "last words", List.of("one"), NOW);
        after(both)
                .when(new ExecutionCommand.Fail(ID, "two", Reason.TASK, 3, "last words"))
                .then(failed);
        after(join(both, failed))
                .when(new Retry(ID))
                .then(new ExecutionEvent.Retried(ID, List.of("one", "two"), Samples.ticket(), NOW));
    }

    @Test
    void aPhaseThatAPersonLetsGoOnStartsOnlyAfterThat() {
        List<ExecutionEvent> events = running(WITH_A_PERSON);
        after(events).when(new StartPhase(ID, "one", "s")).refused(Code.WRONG_STATE);
        ExecutionEvent waits = new ExecutionEvent.Paused(ID, "before phase one", "one", NOW);
        after(events).when(new ExecutionCommand.AwaitPerson(ID, "one")).then(waits);
        after(join(events, waits, new ExecutionEvent.Resumed(ID, NOW)))
                .when(new StartPhase(ID, "one", "s"))
                .then(new ExecutionEvent.PhaseStarted(ID, "one", "s", NOW));
    }

    @Test
    void aMessageIsForTheNextPhaseWithAModelThatHasNotBegun() {
        ExecutionEvent told = new ExecutionEvent.MessageInjected(ID, "three", "be brief", NOW);
        List<ExecutionEvent> events = join(running(SIDE_BY_SIDE), phaseStarted("one"));
        after(events).when(new ExecutionCommand.Inject(ID, "be brief")).then(told);
        assertThat(after(join(events, told)).state().messages()).containsEntry("three", List.of("be brief"));
        after(events).when(new ExecutionCommand.Inject(ID, " ")).refused(Code.INVALID_INPUT);
        after(List.of(Samples.queued(), started()))
                .when(new ExecutionCommand.Inject(ID, "be brief"))
                .refused(Code.WRONG_STATE);
    }
}
