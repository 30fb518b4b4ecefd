package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Samples.AT;
import static io.fourfold.orchestration.execution.Samples.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.EventCodec;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.workspace.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The phase of the sample has 300 s; its agent starts 10 s after the beginning. */
class DeadlineTest {

    private final Log log = new MemoryLog(Clock.systemUTC());

    private static Instant at(int seconds) {
        return AT.plusSeconds(seconds);
    }

    private <E> void append(ThreadId thread, EventCodec<E> codec, E event) {
        Draft draft = Draft.of(thread, new Did("did:fourfold:system:executor"), Act.KNOW, codec.write(event));
        log.append(List.of(Append.of(draft)));
    }

    private void happens(ExecutionEvent... events) {
        for (ExecutionEvent event : events) {
            append(Execution.threadOf(ID), ExecutionEvent.CODEC, event);
        }
    }

    private void agentStarts() {
        happens(Samples.queued(), Samples.started(), Samples.phaseStarted("one"), Samples.workspaceReady("one"));
        append(
                ThreadId.of("workspace", "ws-one"),
                Workspace.Event.CODEC,
                new Workspace.Event.AgentStarted("ws-one", "command", at(10)));
    }

    private Deadline after(int seconds) {
        return Deadline.of(log, ID, at(seconds)).orElse(null);
    }

    @Test
    void thereIsNoneBeforeTheAgentHasStarted() {
        happens(Samples.queued(), Samples.started(), Samples.phaseStarted("one"));
        assertThat(after(5)).isNull();
    }

    @Test
    void whatIsLeftRunsDownToNothing() {
        agentStarts();
        assertThat(after(20)).isEqualTo(new Deadline("one", at(310), 290));
        assertThat(after(400)).isEqualTo(new Deadline("one", at(310), 0));
    }

    @Test
    void whileItIsPausedTheClockStandsStillAndAfterwardsThereIsAsMuchLeft() {
        agentStarts();
        happens(new ExecutionEvent.Paused(ID, "after tool Bash", at(60)));
        assertThat(after(500)).isEqualTo(new Deadline("one", null, 250));
        happens(new ExecutionEvent.Resumed(ID, at(1_060)));
        assertThat(after(1_070)).isEqualTo(new Deadline("one", at(1_310), 240));
    }

    @Test
    void aPauseBeforeTheAgentStartedCostsNothing() {
        agentStarts();
        happens(new ExecutionEvent.Paused(ID, "before phase one", at(1)), new ExecutionEvent.Resumed(ID, at(9)));
        assertThat(after(20)).isEqualTo(new Deadline("one", at(310), 290));
    }

    @Test
    void thereIsNoneOnceTheAgentHasFinishedOrTheExecutionIsOver() {
        agentStarts();
        happens(Samples.agentFinished("one", true, "1"));
        assertThat(after(20)).isNull();
    }
}
