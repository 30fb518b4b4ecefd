package io.fourfold.orchestration.execution;

import io.fourfold.artifact.ContentStore;
import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.telemetry.Observation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What a runner works with.
 *
 * @param actor     in whose name the engine writes about executions
 * @param telemetry takes observations; blocks when it is full
 * @param flushed   makes what the execution's agents were seen to do readable
 * @param lastSeq   the highest observation number of an execution so far, 0 when there is none
 * @param scratch   a folder of ours for conversations under way and git's home
 * @param bell      rings when the thread of an execution grows
 * @param alarms    rings deadlines
 * @param approvals asks a person whether a phase may go on
 * @param backOff   the waits before a provider that is busy or limits the rate is asked again
 * @param lostRetriesMax how often an execution whose agent was lost is tried again by itself
 */
public record House(
        Commands commands,
        Did actor,
        Ids ids,
        Clock clock,
        Sandbox sandbox,
        Agents agents,
        Supplier<Prices> prices,
        ContentStore content,
        Consumer<Observation> telemetry,
        Runnable flushed,
        ToLongFunction<String> lastSeq,
        Path scratch,
        Bell bell,
        ScheduledExecutorService alarms,
        Approvals approvals,
        List<Duration> backOff,
        int lostRetriesMax) {

    /** The usual {@code backOff}. */
    public static final List<Duration> BACK_OFF =
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(90));

    /** Carries out a command in the engine's name; trouble with the storage is waited out. */
    <C, S, E> Outcome<S> tell(Aggregate<C, S, E> aggregate, C command) throws InterruptedException {
        return Patience.outlast(() -> commands.handle(aggregate, command, actor), () -> true);
    }

    /** The same with what somebody has prepared. */
    Outcome<List<Entry>> tell(Opened.Step<?, ?, ?> step) throws InterruptedException {
        return Patience.outlast(() -> commands.together(List.of(step), List.of()), () -> true);
    }

    /** Where lines are kept that agents at work have said. */
    Path journals() {
        return scratch.resolve("conversations");
    }

    /** Raises a decision for a phase that a person lets go on. */
    public interface Approvals {

        /** Asked again while the question is open, nothing happens. */
        void ask(String executionId, ExecutionPlan plan, String phaseId);
    }

    /** Calls when the thread of an execution has grown. */
    public interface Bell {

        /**
         * What it returns ends the interest; the action is told how many entries the thread holds by now: 0 when
         * something was observed and it has not grown, {@link Long#MAX_VALUE} when nobody knows.
         */
        Runnable listen(ThreadId thread, LongConsumer action);
    }
}
