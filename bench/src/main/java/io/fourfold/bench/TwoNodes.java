package io.fourfold.bench;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Ringer;
import io.fourfold.engine.Steering;
import io.fourfold.engine.Tail;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Cursor;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.Nodes;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.trust.Trust;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sixteen writers on two nodes whose commits take up to 5 ms longer than they need, and a tail on each node that reads
 * when
 * it is rung for. Arguments: {@code --records N} (200,000), {@code --url JDBC}. Exit 1 when a tail misses a position,
 * or
 * meets one twice or out of order.
 */
public final class TwoNodes {

    private static final int WRITERS = 16;
    private static final int TOGETHER = 25;

    /** Holds a transaction open between its insert and its commit. */
    private static final String DELAY = """
            create or replace function bench_delay() returns trigger language plpgsql as $$
            begin
                perform pg_sleep(random() * 0.005);
                return null;
            end $$;
            create or replace trigger bench_delay after insert on log_entry
                for each statement execute function bench_delay()""";

    private TwoNodes() {}

    private record Node(Nodes nodes, Log log, Doorbell doorbell, Inlet inlet, Ringer ringer) {
        static Node on(TestJpa database) {
            Nodes nodes = new Nodes(database.source());
            Log log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.DURABLE, nodes);
            Doorbell doorbell = new Doorbell();
            Steering steering = Steering.of(log, new Expressions());
            Inlet inlet = new Inlet(new IngestLoop(log, doorbell), steering, log, new Trust(), Clock.systemUTC());
            return new Node(nodes, log, doorbell, inlet, new Ringer(nodes, log, doorbell, steering, () -> {}));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        int each = options.number("--records", 200_000) / WRITERS / TOGETHER;
        int total = each * WRITERS * TOGETHER;
        try (Postgres postgres = Postgres.open(options.get("--url"));
                TestJpa database = TestJpa.on(postgres.url());
                ExecutorService threads = Executors.newCachedThreadPool()) {
            try (Connection connection = database.source().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(DELAY);
            }
            List<Node> nodes = List.of(Node.on(database), Node.on(database));
            long begin = nodes.get(0).log().head();
            long started = System.nanoTime();
            List<Future<Long>> tails = new ArrayList<>();
            for (Node node : nodes) {
                tails.add(threads.submit(() -> wrong(node, database, begin, total)));
            }
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                threads.submit(() -> write(nodes.get(number % 2).inlet(), number, each));
            }
            long wrong = tails.get(0).get() + tails.get(1).get();
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    "%,d records by %d writers on 2 nodes in %.1f s; positions missed, repeated or out of order: %d%n",
                    total, WRITERS, seconds, wrong);
            nodes.forEach(node -> node.nodes().close());
            threads.shutdown();
            if (wrong > 0) {
                System.exit(1);
            }
        }
    }

    private static void write(Inlet inlet, int writer, int times) {
        ThreadId thread = new ThreadId("th_bench." + writer % 5);
        Append append = Append.of(Draft.of(thread, new Did("did:fourfold:agent:bench"), Act.DO, Json.EMPTY));
        for (int i = 0; i < times; i++) {
            inlet.acceptAll(IntStream.range(0, TOGETHER).mapToObj(n -> append).toList());
        }
    }

    private static long wrong(Node node, TestJpa database, long begin, int total) {
        Cursor cursor = new CursorTable(database.source()).cursor("bench." + node.hashCode());
        cursor.store(begin);
        Tail tail = new Tail("bench", node.log(), cursor);
        List<Long> seen = new ArrayList<>(total);
        long heard = -1;
        while (seen.size() < total) {
            if (node.doorbell().rings() > heard) {
                heard = node.doorbell().rings();
                while (tail.poll(page -> page.stream().map(Entry::position).forEach(seen::add), Log.READ_MAX) > 0) {
                    Thread.onSpinWait();
                }
            }
            node.ringer().turn();
        }
        return IntStream.range(0, seen.size())
                .filter(i -> seen.get(i) != begin + i + 1)
                .count();
    }
}
