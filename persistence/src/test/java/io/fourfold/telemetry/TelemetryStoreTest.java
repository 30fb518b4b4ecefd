package io.fourfold.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Json;
import io.fourfold.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(120)
@Tag("machine")
class TelemetryStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-05T23:59:59.123456Z");
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");
    private static PGSimpleDataSource source;

    private final Set<String> rung = ConcurrentHashMap.newKeySet();
    private TelemetryStore store;

    @BeforeAll
    static void migrate() {
        FLYWAY.setLevel(Level.WARNING);
        source = new PGSimpleDataSource();
        source.setUrl(TestDatabase.freshDatabase());
        Flyway.configure().dataSource(source).load().migrate();
    }

    @BeforeEach
    void open() throws SQLException {
        sql("truncate telemetry");
        store = again();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsPutCanBeReadAfterAFlushExactlyAsItWas() {
        Json data = Json.parse("{\"text\":\"a\\tb\\\\n\\n\\r€😀 \\\\N \\\\.\",\"n\":1.5}");
        Observation whole = new Observation("exec-1", 1, "s-1", "p\\1", NOW, ObservationType.MESSAGE, data);
        Observation bare = new Observation("exec-1", 2, null, null, NOW, ObservationType.OTLP, Json.EMPTY);
        store.put(whole);
        store.put(bare);
        store.flush();
        assertThat(store.after("exec-1", 0, 10)).containsExactly(whole, bare);
        assertThat(rung).containsExactly("exec-1");
        assertThat(store.pending()).isZero();
    }

    @Test
    void rowsBecomeReadableWithoutAFlush() throws InterruptedException {
        store.put(seen("exec-1", 1));
        while (store.after("exec-1", 0, 10).isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(store.lastSeq("exec-1")).isEqualTo(1);
    }

    @Test
    void moreThanTheBufferHoldsIsAllKeptInOrder() {
        int count = TelemetryStore.CAPACITY_ROWS + 10_000;
        for (int i = 1; i <= count; i++) {
            store.put(seen("exec-1", i));
        }
        store.flush();
        List<Long> seqs = new ArrayList<>();
        for (List<Observation> page = store.after("exec-1", 0, 10_000);
                !page.isEmpty();
                page = store.after("exec-1", page.getLast().seq(), 10_000)) {
            page.forEach(row -> seqs.add(row.seq()));
        }
        assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
    }

    @Test
    void whatIsPutAgainIsKeptOnce() {
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i <= 5; i++) {
                store.put(seen("exec-1", i));
            }
            if (round == 1) {
                store.flush();
            }
        }
        store.close();
        store = again();
        store.put(seen("exec-1", 5));
        store.put(seen("exec-1", 6));
        store.flush();
        assertThat(store.after("exec-1", 0, 10)).extracting(Observation::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatAgentsSideBySideDidLastComesAgainAgentByAgent() {
        store.put(seen("exec-1", 1));
        store.close();
        store = again();
        for (long seq : new long[] {1, 2, 4, 6, 3, 5, 4, 7}) {
            store.put(seen("exec-1", seq));
        }
        store.flush();
        assertThat(store.after("exec-1", 0, 10))
                .extracting(Observation::seq)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void twoNodesThatWriteTheSameRowsKeepThemOnce() {
        try (TelemetryStore other = again()) {
            store.put(seen("exec-1", 1));
            other.put(seen("exec-1", 1));
            store.put(seen("exec-1", 2));
            other.put(seen("exec-1", 2));
            other.put(seen("exec-1", 3));
            store.flush();
            other.flush();
            assertThat(other.after("exec-1", 0, 10))
                    .extracting(Observation::seq)
                    .containsExactly(1L, 2L, 3L);
            assertThat(other.lost() + store.lost()).isZero();
        }
    }

    @Test
    void aRowThatTheDatabaseRefusesIsCountedAndHoldsNoneBack() {
        store.put(seen("exec-1", 1));
        store.put(new Observation(
                "exec-1", 2, null, null, NOW, ObservationType.MESSAGE, Json.canonical("{\"not\":json}")));
        store.put(seen("exec-1", 3));
        store.flush();
        assertThat(store.after("exec-1", 0, 10)).extracting(Observation::seq).containsExactly(1L, 3L);
        assertThat(store.lost()).isEqualTo(1);
    }

    @Test
    void whileTheTableCannotBeWrittenRowsAreHeld() throws Exception {
        store.put(seen("exec-9", 1));
        store.flush();
        Thread newcomer = new Thread(() -> store.put(seen("exec-8", 1)));
        try (Connection blocking = source.getConnection();
                Statement statement = blocking.createStatement()) {
            statement.execute("alter table telemetry rename to telemetry_away");
            try {
                store.put(seen("exec-9", 2));
                newcomer.start();
                Thread.sleep(3L * TelemetryStore.DELAY_MILLIS);
                assertThat(store.pending()).isEqualTo(1);
            } finally {
                statement.execute("alter table telemetry_away rename to telemetry");
            }
        }
        newcomer.join();
        store.flush();
        assertThat(store.after("exec-8", 0, 10)).hasSize(1);
        assertThat(store.after("exec-9", 0, 10)).extracting(Observation::seq).containsExactly(1L, 2L);
        assertThat(store.lost()).isZero();
    }

    @Test
    void sessionsAreReadByType() {
        store.put(new Observation("exec-1", 1, "s-1", "p", NOW, ObservationType.MESSAGE, Json.EMPTY));
        store.put(new Observation("exec-1", 2, "s-1", "p", NOW, ObservationType.TOOL_STARTED, Json.EMPTY));
        store.put(new Observation("exec-1", 3, "s-2", "q", NOW, ObservationType.MESSAGE, Json.EMPTY));
        store.flush();
        assertThat(store.ofSession("s-1", List.of(), 10))
                .extracting(Observation::seq)
                .containsExactly(1L, 2L);
        assertThat(store.ofSession("s-1", List.of(ObservationType.TOOL_STARTED), 10))
                .extracting(Observation::seq)
                .containsExactly(2L);
        assertThat(store.ofSession("s-1", List.of(), 1)).hasSize(1);
    }

    @Test
    void theNewestComeFirstAcrossExecutions() {
        store.put(new Observation("exec-1", 1, null, null, NOW, ObservationType.MESSAGE, Json.EMPTY));
        store.put(new Observation("exec-2", 1, null, null, NOW.plusSeconds(5), ObservationType.MESSAGE, Json.EMPTY));
        store.flush();
        assertThat(store.recent(List.of(), 10))
                .extracting(Observation::executionId)
                .containsExactly("exec-2", "exec-1");
    }

    @Test
    void eachDayHasItsPartitionAndOldDaysGo() throws SQLException {
        store.put(at(1, NOW));
        store.put(at(2, NOW.plusSeconds(2)));
        store.put(at(3, NOW.minus(4_000, ChronoUnit.DAYS)));
        store.flush();
        assertThat(partitionsWithRows())
                .containsExactlyInAnyOrder("telemetry_20260305", "telemetry_20260306", "telemetry_default");
        assertThat(store.dropBefore(LocalDate.parse("2026-03-06"))).contains("telemetry_20260305");
        assertThat(store.after("exec-1", 0, 10)).extracting(Observation::seq).containsExactly(2L);
        store.put(at(4, NOW));
        store.flush();
        assertThat(partitionsWithRows()).contains("telemetry_20260305");
    }

    @Test
    void aDayThatTheDefaultPartitionHoldsStaysThere() throws SQLException {
        Instant day = NOW.plus(1, ChronoUnit.DAYS).plusSeconds(60);
        sql("insert into telemetry_default values ('exec-0', 1, null, null, '" + day + "', 'message', '{}')");
        store.put(at(1, day));
        store.flush();
        assertThat(partitionsWithRows()).containsExactly("telemetry_default");
    }

    @Test
    void aClosedStoreTakesNothingMore() {
        store.put(seen("exec-1", 1));
        store.close();
        assertThat(store.after("exec-1", 0, 10)).hasSize(1);
        assertThatThrownBy(() -> store.put(seen("exec-1", 2))).isInstanceOf(TelemetryUnavailable.class);
    }

    private TelemetryStore again() {
        return new TelemetryStore(source, () -> NOW, rung::add);
    }

    private static Observation seen(String execution, long seq) {
        return new Observation(
                execution,
                seq,
                "s-1",
                "p-1",
                NOW,
                ObservationType.STREAM_CHUNK,
                Json.canonical("{\"text\":\"" + seq + "\"}"));
    }

    private static Observation at(long seq, Instant at) {
        return new Observation("exec-1", seq, null, null, at, ObservationType.MESSAGE, Json.EMPTY);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private static List<String> partitionsWithRows() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement one = connection.createStatement();
                ResultSet rows = one.executeQuery("select distinct tableoid::regclass::text from telemetry")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
