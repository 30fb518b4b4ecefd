package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Samples.AT;
import static io.fourfold.orchestration.execution.Samples.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The phase of the sample has 300 s. */
class DeadlineTest {

    private static final List<ExecutionEvent> READY =
            List.of(Samples.queued(), Samples.started(), Samples.phaseStarted("one"), Samples.workspaceReady("one"));

    private static Instant at(int seconds) {
        return AT.plusSeconds(seconds);
    }

    private static List<Deadline> after(int seconds, ExecutionEvent... more) {
        List<ExecutionEvent> events = new ArrayList<>(READY);
        events.addAll(Arrays.asList(more));
        return Deadline.of(Given.given(Execution.AGGREGATE, events).state(), at(seconds));
    }

    private static ExecutionEvent paused(int seconds) {
        return new ExecutionEvent.Paused(ID, "after tool Bash", null, at(seconds));
    }

    @Test
    void thereIsNoneBeforeTheWorkspaceStands() {
        ExecutionState state =
                Given.given(Execution.AGGREGATE, READY.subList(0, 3)).state();
        assertThat(Deadline.of(state, at(5))).isEmpty();
        assertThat(Deadline.of(Execution.AGGREGATE.initial(), at(5))).isEmpty();
    }

    @Test
    void whatIsLeftRunsDownToNothing() {
        assertThat(after(10)).containsExactly(new Deadline("one", at(300), 290));
        assertThat(after(400)).containsExactly(new Deadline("one", at(300), 0));
    }

    @Test
    void whileItIsPausedTheClockStandsStillAndAfterwardsThereIsAsMuchLeft() {
        assertThat(after(500, paused(50))).containsExactly(new Deadline("one", null, 250));
        assertThat(after(1_060, paused(50), new ExecutionEvent.Resumed(ID, at(1_050))))
                .containsExactly(new Deadline("one", at(1_300), 240));
    }

    @Test
    void thereIsNoneOnceTheAgentHasFinishedOrTheExecutionIsOver() {
        assertThat(after(20, Samples.agentFinished("one", true, "1"))).isEmpty();
        assertThat(after(20, new ExecutionEvent.Cancelled(ID, List.of("one"), "no more", at(9))))
                .isEmpty();
    }
}
