package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Expect;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.Nodes;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.trust.Trust;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@Tag("machine")
class RingerTest {

    private static final int WRITERS = 16;
    private static final int APPENDS = 60;
    private static final int DRAFTS = 5;
    private static final ThreadId THREAD = new ThreadId("th_x");

    private final TestJpa database = TestJpa.fresh();
    private final Node one = new Node();
    private final Node two = new Node();

    private final class Node {
        private final Nodes nodes = new Nodes(database.source());
        private final Log log =
                new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.RELAXED, nodes);
        private final Doorbell doorbell = new Doorbell();
        private final Steering steering = Steering.of(log, new Expressions());
        private final AtomicInteger rewritten = new AtomicInteger();
        private final Ringer ringer = new Ringer(nodes, log, doorbell, steering, rewritten::incrementAndGet);
        private final Inlet inlet =
                new Inlet(new IngestLoop(log, doorbell), steering, log, new Trust(), Clock.systemUTC());
        private final AtomicInteger rings = new AtomicInteger();

        private void write(ThreadId thread) {
            inlet.accept(Append.of(draft(thread, "{}")));
        }
    }

    @AfterEach
    void close() {
        one.nodes.close();
        two.nodes.close();
        database.close();
    }

    /** Both are there and know of each other, and have heard all that was said so far. */
    private void meet() {
        one.ringer.turn();
        two.ringer.turn();
        one.ringer.turn();
        two.ringer.turn();
    }

    @Test
    void aRingThatIsLostCostsOnePoll() {
        meet();
        two.doorbell.listen(THREAD, two.rings::incrementAndGet);
        Log silent = new JpaLog(database.source(), database.units(), Clock.systemUTC(), Durability.DURABLE);
        silent.append(List.of(Append.of(draft(THREAD, "{}"))));

        two.ringer.turn();

        assertThat(two.rings).hasValue(1);
    }

    @Test
    void tablesThatOneNodeWroteAnewAreReadAnewByTheOther() {
        meet();
        int mine = one.rewritten.get();
        int theirs = two.rewritten.get();
        two.doorbell.listen(THREAD, two.rings::incrementAndGet);
        one.nodes.sayRewritten();
        two.ringer.turn();
        one.ringer.turn();
        assertThat(two.rewritten).hasValue(theirs + 1);
        assertThat(one.rewritten).hasValue(mine);
        assertThat(two.rings).hasValue(0);
        one.write(THREAD);
        two.ringer.turn();
        assertThat(two.rings).hasValue(1);
        assertThat(two.rewritten).hasValue(theirs + 1);
    }

    @Test
    void aRuleIsInForceOnTheOtherNodeBeforeItIsRungFor() {
        meet();
        List<Integer> rules = new ArrayList<>();
        two.doorbell.listen(
                EngineConfig.THREAD,
                () -> rules.add(two.steering.configs().current().routingRules().size()));
        String body = "{\"topic\":\"routing_rule\",\"name\":\"a\",\"expression\":\"true\",\"target\":\"did:x:y\"}";
        one.inlet.accept(Append.of(Draft.of(EngineConfig.THREAD, new Did("did:a:b"), Act.LEARN, Json.parse(body))));
        while (rules.isEmpty()) {
            two.ringer.turn();
        }
        assertThat(rules).first().isEqualTo(1);
    }

    @Test
    void aCommitRingsOnTheOtherNodeForItsThreadOnly() {
        meet();
        two.doorbell.listen(THREAD, two.rings::incrementAndGet);
        one.write(new ThreadId("th_other"));
        two.ringer.turn();
        assertThat(two.rings).hasValue(0);

        one.write(THREAD);
        while (two.rings.get() == 0) {
            two.ringer.turn();
        }
        assertThat(two.rings).hasValue(1);
    }

    @Test
    void aNodeAloneTellsNobodyAndLearnsOfASecondOneAtOnce() {
        one.ringer.turn();
        assertThat(one.nodes.isAlone()).isTrue();

        two.ringer.turn();
        assertThat(two.nodes.isAlone()).isFalse();
        one.ringer.turn();
        assertThat(one.nodes.isAlone()).isFalse();

        two.nodes.close();
        while (!one.nodes.isAlone()) {
            one.ringer.turn();
        }
    }

    @Test
    void itsOwnCommitsDoNotRingTwice() {
        meet();
        one.write(THREAD);
        long rings = one.doorbell.rings();

        one.ringer.turn();

        assertThat(one.doorbell.rings()).isEqualTo(rings);
    }

    @Test
    void moreThreadsThanFitIntoAMessageRingForAll() {
        meet();
        two.doorbell.listen(THREAD, two.rings::incrementAndGet);
        List<Draft> drafts = new ArrayList<>(IntStream.range(0, 500)
                .mapToObj(i -> draft(new ThreadId("th_" + i + "-" + "x".repeat(60)), "{}"))
                .toList());
        drafts.add(draft(THREAD, "{}"));
        one.inlet.accept(new Append(drafts, Expect.ANYTHING));

        while (two.rings.get() == 0) {
            two.ringer.turn();
        }
        assertThat(two.rings).hasValue(1);
    }

    @Test
    void aNamespaceArchivedThereIsArchivedHere() {
        meet();
        namespace("active");
        Append inside = Append.of(draft(THREAD, "{\"namespace\":\"acme\"}"));
        assertThat(two.inlet.accept(inside)).isInstanceOf(Receipt.Stored.class);

        namespace("archived");
        while (two.inlet.accept(inside) instanceof Receipt.Stored) {
            two.ringer.turn();
        }
        assertThat(two.steering.namespaces().registry().refusal("acme")).isPresent();
    }

    private void namespace(String status) {
        one.inlet.accept(Append.of(new Draft(
                List.of(),
                NamespaceRegistry.THREAD,
                new Did("did:x:y"),
                Act.LEARN,
                Json.parse("{\"topic\":\"namespace_entry\",\"id\":\"acme\",\"status\":\"" + status + "\"}"),
                null,
                DataType.SCALAR,
                null)));
    }

    @Test
    void afterTheConnectionIsLostItIsMadeAgainAndAnyThreadMayHaveGrown() throws SQLException {
        meet();
        two.doorbell.listen(THREAD, two.rings::incrementAndGet);
        try (Connection admin = database.source().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
        int outages = 0;
        while (two.rings.get() == 0) {
            try {
                two.ringer.turn();
            } catch (LogUnavailable away) {
                outages++;
            }
        }
        assertThat(outages).isPositive();
    }

    @Test
    void aTailOnEachNodeSeesEveryPositionOnceAndInOrderWhileSixteenWriteOnBoth() throws Exception {
        long total = (long) WRITERS * APPENDS * DRAFTS;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<List<Long>>> tails =
                    List.of(threads.submit(() -> follow(one, total)), threads.submit(() -> follow(two, total)));
            for (int writer = 0; writer < WRITERS; writer++) {
                Node node = writer % 2 == 0 ? one : two;
                ThreadId thread = new ThreadId("th_" + writer % 3);
                threads.submit(() -> {
                    for (int i = 0; i < APPENDS; i++) {
                        node.inlet.acceptAll(IntStream.range(0, DRAFTS)
                                .mapToObj(n -> Append.of(draft(thread, "{}")))
                                .toList());
                        Thread.yield();
                    }
                });
            }
            for (Future<List<Long>> tail : tails) {
                assertThat(tail.get())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, total).boxed().toList());
            }
        }
    }

    /** Reads only when it was rung for. */
    private List<Long> follow(Node node, long total) {
        List<Long> seen = new ArrayList<>();
        Tail tail = new Tail("t", node.log, new CursorTable(database.source()).cursor("tail-" + node.hashCode()));
        long heard = -1;
        while (seen.size() < total) {
            if (node.doorbell.rings() > heard) {
                heard = node.doorbell.rings();
                while (tail.poll(page -> page.stream().map(Entry::position).forEach(seen::add), 100) > 0) {
                    Thread.yield();
                }
            }
            node.ringer.turn();
        }
        return seen;
    }

    private static Draft draft(ThreadId thread, String body) {
        return Draft.of(thread, new Did("did:x:y"), Act.DO, Json.parse(body));
    }
}
