package io.fourfold.orchestration.execution;

import io.fourfold.artifact.ContentStore;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.log.Did;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.telemetry.Observation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
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
        ScheduledExecutorService alarms) {

    /** Calls when the thread of an execution has grown. */
    public interface Bell {

        /** What it returns ends the interest. */
        Runnable listen(ThreadId thread, Runnable action);
    }
}
