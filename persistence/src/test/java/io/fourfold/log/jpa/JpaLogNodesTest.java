package io.fourfold.log.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Expect;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import io.fourfold.log.RecordHash;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("machine")
class JpaLogNodesTest {

    private static final int WRITERS = 6;
    private static final int APPENDS = 200;
    private static final long SEED = 42;
    private static final Did ALICE = new Did("did:fourfold:user:alice");

    private final TestJpa database = TestJpa.fresh();
    private final Log one = node(Durability.DURABLE);
    private final Log two = node(Durability.RELAXED);

    private Log node(Durability durability) {
        return new JpaLog(database.source(), database.units(), Clock.systemUTC(), durability);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aThreadThatAnotherNodeBeganIsNotTakenForNew() {
        ThreadId known = new ThreadId("th_known");
        ThreadId fresh = new ThreadId("th_fresh");
        one.append(List.of(begin(known)));
        two.append(List.of(Append.of(draft(new ThreadId("th_any")))));
        List<Receipt> receipts = two.append(List.of(begin(known), begin(fresh), begin(fresh)));
        assertThat(receipts.get(0)).isInstanceOfSatisfying(Receipt.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Code.VERSION_CONFLICT));
        assertThat(receipts.get(1)).isInstanceOf(Receipt.Stored.class);
        assertThat(receipts.get(2)).isInstanceOf(Receipt.Refused.class);
        assertThat(two.append(List.of(begin(known))).getFirst()).isInstanceOf(Receipt.Refused.class);
        assertThat(one.append(List.of(begin(new ThreadId("th_next")))).getFirst())
                .isInstanceOf(Receipt.Stored.class);
        assertThat(one.head()).isEqualTo(4);
    }

    private static Append begin(ThreadId thread) {
        return new Append(List.of(draft(thread)), Expect.length(0));
    }

    private static Draft draft(ThreadId thread) {
        return Draft.of(thread, ALICE, Act.KNOW, Json.EMPTY);
    }

    @Test
    void aTailSeesEveryPositionOnceAndInOrderWhileTwoNodesWrite() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(threads.submit(writer(writer, writer % 2 == 0 ? one : two)));
            }
            List<Entry> seen = new ArrayList<>();
            boolean writing = true;
            while (writing || seen.size() < one.head()) {
                writing = !writers.stream().allMatch(Future::isDone);
                seen.addAll(two.after(seen.size(), 100));
                for (int i = Math.max(0, seen.size() - 100); i < seen.size(); i++) {
                    assertThat(seen.get(i).position()).as("seed %d", SEED).isEqualTo(i + 1);
                }
            }
            int stored = 0;
            for (Future<Integer> writer : writers) {
                stored += writer.get();
            }
            assertThat(seen).hasSize(stored).allMatch(entry -> RecordHash.id(entry.draft())
                    .equals(entry.id()));
        }
    }

    /** Half of the threads are shared by all writers. */
    private static Callable<Integer> writer(int number, Log node) {
        return () -> {
            Random random = new Random(SEED + number);
            Did actor = new Did("did:fourfold:agent:" + number);
            int stored = 0;
            for (int i = 0; i < APPENDS; i++) {
                ThreadId thread = new ThreadId("th_" + (random.nextBoolean() ? "shared" : "own" + number));
                List<Draft> drafts = new ArrayList<>();
                for (int n = random.nextInt(5); n >= 0; n--) {
                    drafts.add(Draft.of(thread, actor, Act.DO, Json.parse("{\"i\":" + i + ",\"n\":" + n + "}")));
                }
                Receipt receipt = node.append(List.of(new Append(drafts, Expect.ANYTHING)))
                        .get(0);
                stored += ((Receipt.Stored) receipt).items().size();
            }
            return stored;
        };
    }

    @Test
    void aNodeDecidesOnWhatTheOtherNodeWrote() {
        ThreadId thread = new ThreadId("th_x");
        Draft first = Draft.of(thread, ALICE, Act.DO, Json.parse("{\"n\":1}")).withClock(0);
        Draft second = Draft.of(thread, ALICE, Act.DO, Json.parse("{\"n\":2}")).withClock(1);
        append(one, Expect.ANYTHING, first);
        append(two, Expect.ANYTHING, second);

        assertThat(append(one, Expect.length(1), first.withClock(9)))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        refused -> assertThat(refused.refusal().details()).containsEntry("actual", 2L));
        append(two, Expect.ANYTHING, first.withClock(10));
        assertThat(append(one, Expect.length(3), first.withClock(11))).isInstanceOf(Receipt.Stored.class);
        assertThat(append(two, Expect.ANYTHING, first.withClock(11)))
                .isInstanceOfSatisfying(
                        Receipt.Stored.class,
                        stored -> assertThat(stored.items().get(0).duplicate()).isTrue());
        assertThat(append(one, Expect.ANYTHING, second.withClock(11)))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.CLOCK_CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update log_entry set thread = 'th_y'",
                "update log_entry set thread = 'th_y' where false",
                "delete from log_entry",
                "truncate log_entry",
                "set session_replication_role = replica; delete from log_entry"
            })
    void theDatabaseItselfRefusesChange(String sql) throws SQLException {
        append(one, Expect.ANYTHING, Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.EMPTY));

        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("23001"))
                    .hasMessageContaining("Expected only new rows");
        }
        assertThat(one.head()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsAwayIsAnOutage() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none?user=x&password=x");
        Log away = new JpaLog(nowhere, database.units(), Clock.systemUTC(), Durability.DURABLE);

        assertThatThrownBy(
                        () -> append(away, Expect.ANYTHING, Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.EMPTY)))
                .isInstanceOfSatisfying(LogUnavailable.class, outage -> assertThat(outage.full())
                        .isFalse());
    }

    @Test
    void aFullDiskIsSaidToBeOne() {
        SQLException full = new SQLException("could not extend file", "53100");

        assertThat(Outage.of(new RuntimeException(full)))
                .isInstanceOfSatisfying(LogUnavailable.class, outage -> assertThat(outage.full())
                        .isTrue());
        assertThat(Outage.of(new SQLException("syntax", "42601"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLostConnectionIsAnOutageAndTheNextAppendWorks() throws SQLException {
        Draft draft = Draft.of(new ThreadId("th_x"), ALICE, Act.DO, Json.EMPTY);
        append(one, Expect.ANYTHING, draft);
        try (Connection connection = database.source().getConnection();
                Connection admin = database.source().getConnection();
                Statement statement = admin.createStatement()) {
            assertThat(connection).isNotNull();
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }

        int outages = 0;
        while (true) {
            try {
                append(one, Expect.ANYTHING, draft);
                break;
            } catch (LogUnavailable outage) {
                outages++;
            }
        }
        assertThat(outages).isPositive();
        assertThat(one.thread(new ThreadId("th_x"), 0, 10)).hasSize(2);
    }

    private static Receipt append(Log log, Expect expect, Draft draft) {
        return log.append(List.of(new Append(List.of(draft), expect))).get(0);
    }
}
