package io.fourfold.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Trigger;
import io.fourfold.engine.Tail;
import io.fourfold.engine.WatchedLog;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.kit.Commands;
import io.fourfold.kit.HandClock;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Cursor;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.session.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Triggers over a log in memory, with the workflows {@code fix}, {@code ping} and {@code pong}. */
final class TriggerScene {

    static final Did ALICE = new Did("did:fourfold:user:alice");
    static final String ANY_ALERT = "\"expression\":\"has(record.body.topic) && record.body.topic == 'alert'\"";

    /** A cursor that can be made to forget what it is told. */
    static final class MemoryCursor implements Cursor {
        long position;
        boolean crashes;

        @Override
        public long load() {
            return position;
        }

        @Override
        public void store(long now) {
            if (crashes) {
                throw new IllegalStateException("crashed before the cursor was stored");
            }
            position = now;
        }
    }

    final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    final WatchedLog log = new WatchedLog(new MemoryLog(clock));
    final MemoryCursor cursor = new MemoryCursor();

    /** How many appends still go well; negative for all. */
    int appendsUntilCrash = -1;

    Commands commands;
    EngineConfigs configs;
    Firings firings;
    Tallies tallies;
    private Triggers triggers;
    private Timetable timetable;

    TriggerScene() {
        restart();
        for (String workflow : List.of("fix", "ping", "pong")) {
            Workflow.Command create = new Workflow.Command.Create(
                    workflow,
                    Samples.workflow("{id: " + workflow
                            + ", inputs: [{name: pr, required: false}], phases: [{id: one, run: 'true'}]}"),
                    false);
            assertThat(commands.handle(Workflow.AGGREGATE, create, ALICE)).isInstanceOf(Outcome.Done.class);
        }
    }

    /** All that a server keeps in its memory is gone. */
    void restart() {
        commands = new Commands(log, this::append, clock);
        configs = new EngineConfigs(log, new Expressions());
        configs.catchUp();
        firings = new Firings(log, commands, new Launcher(new Starter(commands), this::append), configs, clock);
        tallies = new Tallies();
        triggers = new Triggers(
                new Tail("triggers", log, cursor),
                configs,
                firings,
                new Ends(log, commands, firings),
                new Chain(log),
                () -> record -> Facts.NONE,
                tallies);
        timetable = new Timetable(log, configs, firings);
    }

    private Receipt append(Append append) {
        if (appendsUntilCrash == 0) {
            throw new IllegalStateException("crashed before the append");
        }
        appendsUntilCrash--;
        return log.append(List.of(append)).getFirst();
    }

    /** A record trigger that starts {@code fix}, unless {@code fields} say otherwise. */
    void trigger(String name, String fields) {
        String goal = fields.contains("\"workflow\"") || fields.contains("\"target\"") ? "" : "\"workflow\":\"fix\",";
        String source = fields.contains("\"source\"") ? "" : "\"source\":\"record\",";
        learn("{\"topic\":\"trigger\",\"name\":\"" + name + "\"," + goal + source + fields + "}");
    }

    void learn(String body) {
        say(EngineConfig.THREAD, ALICE, Act.LEARN, body);
        configs.catchUp();
        assertThat(configs.current().refused()).isEmpty();
    }

    Entry say(ThreadId thread, Did actor, Act act, String body) {
        Receipt receipt = append(Append.of(Draft.of(thread, actor, act, Json.parse(body))));
        assertThat(receipt).isInstanceOf(Receipt.Stored.class);
        return ((Receipt.Stored) receipt).entry();
    }

    Entry say(String thread, String body) {
        return say(new ThreadId(thread), ALICE, Act.KNOW, body);
    }

    Entry alert(String thread) {
        return say(thread, "{\"topic\":\"alert\"}");
    }

    void turn() {
        triggers.turn();
    }

    /** Turns until there is nothing to hear. */
    void settle() {
        int turns = 0;
        while (triggers.turn() > 0) {
            assertThat(turns++).as("turns without an end").isLessThan(1_000);
        }
    }

    void ring() {
        timetable.turn(clock.instant());
    }

    /** Moves the clock on second by second, and rings at each. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            ring();
        }
    }

    Declared<Trigger> declared(String name) {
        return firings.declared(name).orElseThrow();
    }

    FiringState state(String name) {
        return firings.state(name);
    }

    List<FiringEvent> events(String name) {
        return log.thread(TriggerFirings.threadOf(name), 0, Log.READ_MAX).stream()
                .flatMap(entry -> FiringEvent.CODEC.read(entry).stream())
                .toList();
    }

    <E extends FiringEvent> List<E> events(String name, Class<E> type) {
        return events(name).stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> fired(String name) {
        return events(name, FiringEvent.Fired.class).stream()
                .map(FiringEvent.Fired::execution)
                .toList();
    }

    List<String> blocking(String name) {
        return events(name, FiringEvent.Blocked.class).stream()
                .map(FiringEvent.Blocked::guard)
                .toList();
    }

    ExecutionState execution(String id) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(id));
    }

    void tell(ExecutionCommand command) {
        commands.handle(Execution.AGGREGATE, command, ALICE);
    }

    void fail(String execution) {
        tell(new ExecutionCommand.Start(execution, "node"));
        tell(new ExecutionCommand.Fail(execution, "one", Reason.TASK, 1, "last words"));
    }

    void cancel(String execution) {
        tell(new ExecutionCommand.Cancel(execution, "no more", true));
    }

    void complete(String execution, String cost) {
        tell(new ExecutionCommand.Start(execution, "node"));
        tell(new ExecutionCommand.StartPhase(execution, "one", "session"));
        tell(new ExecutionCommand.ProvisionWorkspace(execution, "one", "ws", Map.of()));
        tell(new ExecutionCommand.RecordAgentResult(execution, "one", Samples.result(true, cost)));
        tell(new ExecutionCommand.CollectArtifacts(execution, "one", List.of(), Samples.SHA));
        tell(new ExecutionCommand.CompletePhase(execution, "one"));
        tell(new ExecutionCommand.Complete(execution));
    }

    List<Entry> all() {
        List<Entry> all = new ArrayList<>();
        for (long position = 0; position < log.head(); ) {
            List<Entry> page = log.after(position, Log.READ_MAX);
            all.addAll(page);
            position = page.getLast().position();
        }
        return all;
    }

    /** Every execution that was ever queued. */
    Stream<ExecutionEvent.Queued> queued() {
        return all().stream()
                .flatMap(entry -> ExecutionEvent.CODEC.read(entry).stream())
                .filter(ExecutionEvent.Queued.class::isInstance)
                .map(ExecutionEvent.Queued.class::cast);
    }
}
