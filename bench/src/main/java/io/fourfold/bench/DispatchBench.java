package io.fourfold.bench;

import io.fourfold.config.EngineConfigs;
import io.fourfold.dispatch.Adapter;
import io.fourfold.dispatch.Answers;
import io.fourfold.dispatch.Breaker;
import io.fourfold.dispatch.Brief;
import io.fourfold.dispatch.Directory;
import io.fourfold.dispatch.DispatchList;
import io.fourfold.dispatch.DispatchQueue;
import io.fourfold.dispatch.Dispatcher;
import io.fourfold.dispatch.Report;
import io.fourfold.engine.Projector;
import io.fourfold.engine.ReconcileLoop;
import io.fourfold.engine.Situations;
import io.fourfold.engine.Tail;
import io.fourfold.expression.Expressions;
import io.fourfold.fleet.FleetControl;
import io.fourfold.kit.Commands;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.pattern.Patterns;
import io.fourfold.projection.FoldedRows;
import io.fourfold.queue.Claim;
import io.fourfold.queue.Lanes;
import io.fourfold.queue.WorkQueue;
import io.fourfold.routing.Cascade;
import io.fourfold.trust.Trust;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * From intents in the log to their answers, by an adapter that does nothing: routed, queued, claimed, begun, ended and
 * answered, each durable in PostgreSQL; and how soon a rule that was added is obeyed. Arguments: {@code --dispatches N}
 * (10,000), {@code --at-once N} (4), {@code --url JDBC}.
 */
public final class DispatchBench {

    private static final Did NOTHING = Cascade.INTELLIGENCE;
    private static final Did USER = new Did("did:fourfold:user:bench");
    private static final int BATCH = 500;
    private static final int CHANGES = 200;
    private static final long IDLE_NANOS = 200_000;

    private final Node node;
    private final TestJpa database;
    private final int atOnce;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean over;

    private DispatchBench(TestJpa database, int atOnce) {
        this.database = database;
        this.node = Node.on(database, Durability.DURABLE);
        this.atOnce = atOnce;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url())) {
            DispatchBench bench = new DispatchBench(database, options.number("--at-once", 4));
            bench.run(options.number("--dispatches", 10_000));
        }
    }

    private void run(int dispatches) throws Exception {
        Commands commands = new Commands(node.log(), node.inlet()::accept, Clock.systemUTC());
        EngineConfigs configs = new EngineConfigs(node.log(), new Expressions());
        Adapter nothing = new Nothing();
        Directory directory = new Directory(
                configs::current,
                new Starter(commands),
                HttpClient.newHttpClient(),
                Path.of("."),
                Map.of(NOTHING, nothing));
        Situations situations = new Situations(
                configs,
                new Patterns(node.log()),
                node.log(),
                new Trust(),
                new FleetControl(node.log()),
                directory::reaches,
                () -> true,
                Clock.systemUTC());
        Dispatcher dispatcher = new Dispatcher(commands, node.log(), directory, new Breaker(), Clock.systemUTC());
        ReconcileLoop loop = new ReconcileLoop(
                new Tail("reconcile", node.log(), new CursorTable(database.source()).cursor("reconcile")),
                commands,
                node.inlet()::acceptAll,
                new Answers(node.log(), commands),
                new Cascade(System::nanoTime),
                situations::now);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            threads.submit(() -> turn(() -> loop.turn(Instant.now())));
            Projector projector = new Projector(
                    node.log(), new FoldedRows(database.source()), List.of(new DispatchQueue(), new DispatchList()));
            threads.submit(() -> turn(projector::turn));
            WorkQueue queue = new WorkQueue(database.source(), DispatchQueue.QUEUE, "bench");
            ExecutorService workers = Executors.newFixedThreadPool(atOnce);
            threads.submit(() -> turn(() -> claim(queue, dispatcher, workers)));
            measure(1_000);
            measure(dispatches);
            over = true;
            workers.shutdown();
        }
        obeyed(situations);
    }

    private void measure(int dispatches) {
        int begin = begun.get();
        int done = answered.get();
        long started = System.nanoTime();
        for (int sent = 0; sent < dispatches; sent += BATCH) {
            List<Append> appends = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                Json body = Json.parse("{\"goal\":\"nothing\",\"n\":" + (sent + i) + "}");
                appends.add(Append.of(Draft.of(new ThreadId("th_bench.d" + i), USER, Act.INTEND, body)));
            }
            node.inlet().acceptAll(appends).forEach(Node::stored);
        }
        double wrote = (System.nanoTime() - started) / 1e9;
        while (begun.get() < begin + dispatches) {
            LockSupport.parkNanos(IDLE_NANOS);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d dispatches, %d at once: intents written in %.2f s, all begun after %.2f s, ended by then %,d%n",
                dispatches,
                atOnce,
                wrote,
                seconds,
                answered.get() - done);
        new Sheet(System.out).judge("begun", dispatches / seconds, "/s", 1_000, true);
    }

    private int claim(WorkQueue queue, Dispatcher dispatcher, ExecutorService workers) {
        if (running.get() >= atOnce) {
            return 0;
        }
        List<Claim> claims = queue.claim(new Lanes(atOnce, Map.of()), List.of());
        running.addAndGet(claims.size());
        claims.forEach(claim -> workers.submit(() -> {
            dispatcher.run(claim);
            queue.done(claim);
            running.decrementAndGet();
            answered.incrementAndGet();
            return null;
        }));
        return claims.size();
    }

    private interface Turn {
        int run();
    }

    private void turn(Turn turn) {
        while (!over) {
            try {
                if (turn.run() == 0) {
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            } catch (RuntimeException broken) {
                broken.printStackTrace();
                throw broken;
            }
        }
    }

    /** From the call that adds a rule until a snapshot has it. */
    private void obeyed(Situations situations) {
        long[] nanos = new long[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            Json rule = Json.parse("{\"topic\":\"routing_rule\",\"name\":\"r\",\"target\":\"did:x:t" + i
                    + "\",\"expression\":\"record.body.n == " + i + "\"}");
            long begin = System.nanoTime();
            Append append = Append.of(Draft.of(new ThreadId("th_engine_config"), USER, Act.LEARN, rule));
            Node.stored(node.inlet().accept(append));
            situations.now();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        Sheet sheet = new Sheet(System.out);
        sheet.judge("a rule is in force, p50", nanos[CHANGES / 2] / 1e6, " ms", 50, false);
        sheet.judge("a rule is in force, worst", nanos[CHANGES - 1] / 1e6, " ms", 50, false);
    }

    /** Does nothing, at once. */
    private final class Nothing implements Adapter {
        @Override
        public String family() {
            return "nothing";
        }

        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public Report perform(Brief brief) {
            begun.incrementAndGet();
            return Report.done();
        }
    }
}
