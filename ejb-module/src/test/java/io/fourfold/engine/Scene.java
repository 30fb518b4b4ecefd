package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.dispatch.Adapter;
import io.fourfold.dispatch.Answers;
import io.fourfold.dispatch.Breaker;
import io.fourfold.dispatch.Directory;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.DispatchEvent;
import io.fourfold.dispatch.DispatchState;
import io.fourfold.dispatch.Dispatcher;
import io.fourfold.expression.Expressions;
import io.fourfold.fleet.FleetControl;
import io.fourfold.kit.Commands;
import io.fourfold.kit.HandClock;
import io.fourfold.kit.Minted;
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
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.pattern.Patterns;
import io.fourfold.queue.Claim;
import io.fourfold.routing.Cascade;
import io.fourfold.trust.Trust;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** RECONCILE over a log in memory, with one workflow {@code hello} that takes a task. */
final class Scene {

    static final Did ALICE = new Did("did:fourfold:user:alice");
    static final ThreadId CONFIG = EngineConfig.THREAD;
    static final ThreadId WORK = new ThreadId("th_work");

    /** A cursor that can be put back, and can be made to forget what it is told. */
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
    final Log log = new MemoryLog(clock);
    final WatchedLog watched = new WatchedLog(log);
    final MemoryCursor cursor = new MemoryCursor();
    final Commands commands = new Commands(log, this::append, clock);
    private EngineConfigs configs;
    private Dispatcher dispatcher;
    private long tokens;

    final Trust trust = new Trust();

    /** Whether a model may be asked. */
    boolean intelligence;

    /** The engine's own adapters. */
    final Map<Did, Adapter> engine = new HashMap<>();

    private ReconcileLoop loop = loop();

    /** How many appends still go well; negative for all. */
    int appendsUntilCrash = -1;

    Scene() {
        Workflow.Command create = new Workflow.Command.Create(
                "hello", Samples.workflow("{id: hello, phases: [{id: one, run: 'true'}]}"), false);
        assertThat(commands.handle(Workflow.AGGREGATE, create, ALICE)).isInstanceOf(Outcome.Done.class);
    }

    Receipt append(Append append) {
        if (appendsUntilCrash == 0) {
            throw new IllegalStateException("crashed before the append");
        }
        appendsUntilCrash--;
        return log.append(List.of(append)).getFirst();
    }

    private ReconcileLoop loop() {
        configs = new EngineConfigs(log, new Expressions());
        Directory directory = new Directory(
                () -> configs.current(), new Starter(commands), HttpClient.newHttpClient(), Path.of("."), engine);
        dispatcher = new Dispatcher(commands, log, directory, new Breaker(), clock);
        return new ReconcileLoop(
                new Tail("reconcile", watched, cursor),
                commands,
                appends -> appends.stream().map(this::append).toList(),
                new Answers(log, commands),
                new Cascade(System::nanoTime),
                new Situations(
                        configs,
                        new Patterns(log),
                        log,
                        trust,
                        new FleetControl(log),
                        directory::reaches,
                        () -> intelligence,
                        clock)::now);
    }

    /** Claims what waits, in order, each with a higher token than before. */
    int dispatch() {
        int carriedOut = 0;
        for (long position = 0; position < log.head(); position += Log.READ_MAX) {
            for (Entry entry : log.after(position, Log.READ_MAX)) {
                if (DispatchEvent.CODEC.read(entry).orElse(null) instanceof DispatchEvent.Routed routed) {
                    carriedOut += carryOut(routed.dispatchId());
                }
            }
        }
        return carriedOut;
    }

    private int carryOut(String id) {
        DispatchState state = commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(id));
        if (state.status() != DispatchState.Status.WAITING && state.status() != DispatchState.Status.RUNNING) {
            return 0;
        }
        try {
            dispatcher.run(new Claim(id, ++tokens));
            return 1;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The loop of a server that was started anew. */
    void restart() {
        loop = loop();
    }

    EngineConfig config() {
        return configs.current();
    }

    ReconcileLoop reconcile() {
        return loop;
    }

    /** Turns, and carries out what waits, until there is nothing to do. */
    void settle() {
        int turns = 0;
        while (loop.turn(clock.instant()) + dispatch() > 0) {
            assertThat(turns++).as("turns without an end").isLessThan(1_000);
        }
    }

    Entry say(ThreadId thread, Did actor, Act act, String body) {
        Receipt receipt = append(Append.of(Draft.of(thread, actor, act, Json.parse(body))));
        assertThat(receipt).isInstanceOf(Receipt.Stored.class);
        return ((Receipt.Stored) receipt).entry();
    }

    Entry say(Act act, String body) {
        return say(WORK, ALICE, act, body);
    }

    ExecutionState execution(String id) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(id));
    }

    static String executionId(Entry intent) {
        return "exec-" + intent.id().hex().substring(0, 12);
    }

    /** The intent on the thread of a record's dispatch. */
    Entry workIntent(Entry record) {
        return thread(Minted.thread("dispatch", List.of(record.id().hex()))).getFirst();
    }

    DispatchState dispatchOf(Entry record) {
        return commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(Dispatch.idOf(record.id())));
    }

    ExecutionState executionOf(Entry intent) {
        return execution(executionId(intent));
    }

    List<Entry> thread(ThreadId thread) {
        return log.thread(thread, 0, Log.READ_MAX);
    }

    /** What was said about an intent, by kind. */
    Stream<Entry> about(Entry intent, String kind) {
        return thread(intent.thread()).stream()
                .filter(e -> e.kind().equals(kind))
                .filter(e -> e.draft().parents().contains(intent.id()));
    }

    Stream<Entry> answers(Entry intent) {
        return about(intent, "dispatch.completed.v1");
    }
}
