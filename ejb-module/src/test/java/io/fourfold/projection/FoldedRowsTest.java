package io.fourfold.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.engine.Projector;
import io.fourfold.engine.Share;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Entries;
import io.fourfold.kit.Projection;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.view.RowTable;
import io.fourfold.view.ThreadRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class FoldedRowsTest {

    private static final int BATCH = 500;
    private static final int EXECUTIONS = 60;

    private final Log log = new MemoryLog(Clock.systemUTC());
    private TestJpa database;

    @BeforeEach
    void open() {
        database = TestJpa.fresh();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Two rows of one entry; of the second the database refuses what {@code broken} makes of it. */
    private record Pair(String name, boolean broken) implements Projection<ThreadRow> {
        @Override
        public Class<ThreadRow> rowType() {
            return ThreadRow.class;
        }

        @Override
        public Set<String> keys(Entry entry) {
            return Set.of(name + ".first", name + ".second");
        }

        @Override
        public ThreadRow fold(String key, ThreadRow current, Entry entry) {
            ThreadRow row = new ThreadRow();
            row.id = key;
            row.namespace = broken && key.endsWith("second") ? null : entry.namespace();
            row.firstAt = entry.recordedAt();
            row.lastAt = entry.recordedAt();
            return row;
        }
    }

    private List<Projection<?>> all() {
        return ReadModels.over(log, new Expressions());
    }

    private Map<String, Object> position(FoldedRows rows, Projection<?> projection, Entry entry) {
        return Map.copyOf(rows.fold(List.of(Share.of(projection, List.of(entry))), 0, entry.position()));
    }

    private Entry append() {
        log.append(List.of(Append.of(Draft.of(new ThreadId("th_a"), Entries.ALICE, Act.KNOW, Json.EMPTY))));
        return log.after(log.head() - 1, 1).getFirst();
    }

    /** Everything in the tables of the read models, table by table. */
    private Map<String, List<String>> tables() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            for (Projection<?> projection : all()) {
                String table = RowTable.of(projection.rowType()).name();
                List<String> rows = new ArrayList<>();
                try (ResultSet found =
                        statement.executeQuery("select cast(to_jsonb(t) as text) from " + table + " t order by id")) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
                tables.put(table, rows);
            }
        }
        return tables;
    }

    private void fold(int times) throws SQLException {
        List<Projection<?>> projections = all();
        for (List<Entry> batch = log.after(0, BATCH);
                !batch.isEmpty();
                batch = log.after(batch.getLast().position(), BATCH)) {
            for (int time = 0; time < times; time++) {
                for (Projection<?> projection : projections) {
                    fold(projection, batch);
                }
            }
        }
    }

    private <V> void fold(Projection<V> projection, List<Entry> batch) throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            List<Share.Touch> touches = Share.of(projection, batch).touches();
            FoldedRows.fold(connection, projection, RowTable.of(projection.rowType()), touches);
        }
    }

    @Test
    void everyBatchFoldedTwiceLeavesTheSameRowsAsOnce() throws SQLException {
        SampleLog.write(log, SampleLog.of(EXECUTIONS, 7));
        fold(1);
        Map<String, List<String>> once = tables();
        assertThat(once.get("view_execution_list")).hasSize(EXECUTIONS);
        assertThat(once.get("view_task_list")).hasSize(EXECUTIONS / 10);
        fold(2);
        assertThat(tables()).isEqualTo(once);
    }

    @Test
    void theProjectorWritesWhatEachFoldAloneWouldWrite() throws SQLException {
        SampleLog.write(log, SampleLog.of(EXECUTIONS, 8));
        Projector projector = new Projector(log, new FoldedRows(database.source()), all());
        while (projector.turn() > 0) {
            assertThat(projector.standings())
                    .allSatisfy(s -> assertThat(s.failure()).isNull());
        }
        Map<String, List<String>> together = tables();
        assertThat(together.get("view_session_list")).hasSize(EXECUTIONS * 2);
        fold(1);
        assertThat(tables()).isEqualTo(together);
    }

    @Test
    void rowsAndCheckpointAreWrittenTogetherOrNotAtAll() throws SQLException {
        FoldedRows rows = new FoldedRows(database.source());
        Entry entry = append();
        position(rows, new Pair("good", false), entry);
        assertThat(rows.position("good")).isEqualTo(entry.position());
        assertThatThrownBy(() -> position(rows, new Pair("broken", true), entry))
                .hasMessageContaining("namespace");
        assertThat(rows.position("broken")).isZero();
        assertThat(tables().get("view_thread_state")).hasSize(2).allMatch(row -> row.contains("good."));
    }

    @Test
    void whatAnotherServerMovedOnIsLeftAlone() {
        FoldedRows here = new FoldedRows(database.source());
        FoldedRows there = new FoldedRows(database.source());
        Pair pair = new Pair("pair", false);
        Entry first = append();
        Entry second = append();
        position(here, pair, first);
        there.fold(List.of(Share.of(pair, List.of(second))), first.position(), second.position());
        assertThat(position(here, pair, first)).containsEntry("pair", second.position());
    }

    @Test
    void aWriteThatTheDatabaseLostIsNoticed() throws SQLException {
        FoldedRows rows = new FoldedRows(database.source());
        Pair pair = new Pair("pair", false);
        Entry first = append();
        Entry second = append();
        position(rows, pair, first);
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update checkpoint set position = 0 where name = 'pair'");
        }
        Share<?> share = Share.of(pair, List.of(second));
        assertThat(rows.fold(List.of(share), first.position(), second.position()))
                .containsEntry("pair", 0L);
        assertThat(position(rows, pair, first)).containsEntry("pair", first.position());
    }

    @Test
    void whatIsParkedIsKeptWithItsReason() {
        FoldedRows rows = new FoldedRows(database.source());
        Pair pair = new Pair("pair", false);
        Entry entry = append();
        rows.park(pair, entry, "no room\0");
        rows.park(pair, entry, "no room");
        assertThat(new FoldedRows(database.source()).parked("pair", 10))
                .singleElement()
                .satisfies(parked -> {
                    assertThat(parked.position()).isEqualTo(entry.position());
                    assertThat(parked.record()).isEqualTo(entry.id().hex());
                    assertThat(parked.reason()).isEqualTo("no room");
                });
    }
}
