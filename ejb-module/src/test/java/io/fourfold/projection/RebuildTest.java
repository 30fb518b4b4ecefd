package io.fourfold.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.engine.Projector;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Projection;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.RowTable;
import io.fourfold.view.Views;
import io.fourfold.view.WorkspaceRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class RebuildTest {

    private static final int EXECUTIONS = 80;
    private static final long STEP_NANOS = 1_000_000;
    private static final int STEPS_MAX = 60_000;

    private final Log log = new MemoryLog(Clock.systemUTC());
    private TestJpa database;
    private Projector projector;
    private Rebuilds rebuilds;

    @BeforeEach
    void open() {
        database = TestJpa.fresh();
        projector = new Projector(log, new FoldedRows(database.source()), all());
        rebuilds = new Rebuilds(database.source(), log, this::all, projector, () -> {}, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        rebuilds.close();
        database.close();
    }

    private List<Projection<?>> all() {
        return ReadModels.over(log, new Expressions());
    }

    private void foldAll() {
        while (projector.turn() > 0) {
            assertThat(projector.standings())
                    .allSatisfy(s -> assertThat(s.failure()).isNull());
        }
    }

    private void sql(String sql) {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private List<String> rows(String table) {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select cast(to_jsonb(t) as text) from " + table + " t order by id")) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private Rebuilds.Progress done(String name) {
        assertThat(rebuilds.start(name)).isInstanceOf(Rebuilds.Outcome.Begun.class);
        return awaited(name);
    }

    private Rebuilds.Progress awaited(String name) {
        for (int i = 0; i < STEPS_MAX; i++) {
            Rebuilds.Progress progress = rebuilds.of(name).orElseThrow();
            if (progress.isOver()) {
                return progress;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        throw new AssertionError("waited in vain: " + rebuilds.of(name));
    }

    @Test
    void everyReadModelFoldedAgainIsWhatItWas() {
        SampleLog.write(log, SampleLog.of(EXECUTIONS, 1));
        foldAll();
        for (Projection<?> model : all()) {
            String table = RowTable.of(model.rowType()).name();
            List<String> before = rows(table);
            Rebuilds.Progress progress = done(model.name());
            assertThat(progress.failure()).as(model.name()).isNull();
            assertThat(progress.position()).isEqualTo(log.head());
            assertThat(rows(table)).as(model.name()).isEqualTo(before);
        }
        SampleLog.write(log, SampleLog.of(3, 2));
        foldAll();
        assertThat(rows("view_execution_list")).hasSize(EXECUTIONS + 3);
    }

    @Test
    void whatWasWrongInTheRowsIsRightAfterwards() {
        SampleLog.write(log, SampleLog.of(5, 1));
        foldAll();
        List<String> right = rows("view_execution_list");
        sql("update view_execution_list set status = 'lost', cost_usd = 7");
        sql("delete from view_execution_list where id = (select min(id) from view_execution_list)");
        done("execution_list");
        assertThat(rows("view_execution_list")).isEqualTo(right);
    }

    /** Appends, folds and reads go on all the time; no read fails or sees an unfinished table. */
    @Test
    void underLoadItEqualsAFreshFoldAndNoReadFails() {
        List<Draft> drafts = SampleLog.of(EXECUTIONS * 4, 3);
        int half = drafts.size() / 2;
        SampleLog.write(log, drafts.subList(0, half));
        foldAll();
        long least = new Views(database.units())
                .page(ExecutionRow.class, Views.where(), "r.id", 1, 1)
                .total();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (Draft draft : drafts.subList(half, drafts.size())) {
                SampleLog.write(log, List.of(draft));
                projector.turn();
            }
        });
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            Views views = new Views(database.units());
            while (!over.get()) {
                Page<ExecutionRow> page = views.page(ExecutionRow.class, Views.where(), "r.queuedAt desc, r.id", 1, 20);
                assertThat(page.total()).isGreaterThanOrEqualTo(least);
                assertThat(views.find(ExecutionRow.class, page.items().getFirst().id))
                        .isPresent();
                reads.incrementAndGet();
            }
        });
        int rounds = 0;
        while (!writing.isDone() || rounds < 3) {
            assertThat(done("execution_list").failure()).isNull();
            assertThat(done("dashboard_metrics").failure()).isNull();
            rounds++;
        }
        over.set(true);
        writing.join();
        reading.join();
        foldAll();
        assertThat(reads.get()).isPositive();
        List<String> live = rows("view_execution_list");
        List<String> figures = rows("view_dashboard_metrics");
        sql("truncate view_execution_list, view_dashboard_metrics");
        sql("update checkpoint set position = 0 where name in ('execution_list', 'dashboard_metrics')");
        projector = new Projector(log, new FoldedRows(database.source()), all());
        foldAll();
        assertThat(live).isEqualTo(rows("view_execution_list"));
        assertThat(figures).isEqualTo(rows("view_dashboard_metrics"));
    }

    @Test
    void aQueueKeepsItsLeases() {
        SampleLog.write(log, SampleLog.of(1, 1).subList(0, 2));
        foldAll();
        sql("update work_queue set node = 'n', token = 3, leased_until = now() + interval '1 hour'");
        sql("insert into work_queue (id, queue, lane, position) values ('stray', 'execution', '', 1),"
                + " ('other', 'dispatch', '', 1)");
        done("execution_queue");
        assertThat(rows("work_queue"))
                .hasSize(2)
                .noneMatch(row -> row.contains("stray"))
                .satisfiesOnlyOnce(row -> {
                    assertThat(row).contains("\"queue\": \"execution\"", "\"token\": 3", "\"node\": \"n\"");
                    assertThat(row).doesNotContain("\"leased_until\": null");
                });
    }

    @Test
    void oneThatIsBeingFoldedElsewhereIsNotFoldedTwice() throws SQLException {
        try (Connection other = database.source().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('fourfold.rebuild.' || 'execution_list', 0))");
            Rebuilds.Progress progress = done("execution_list");
            assertThat(progress.state()).isEqualTo(Rebuilds.State.FAILED);
            assertThat(progress.failure()).contains("another server");
        }
    }

    @Test
    void aNameThatIsNoReadModelIsRefused() {
        assertThat(rebuilds.start("nonsense")).isInstanceOfSatisfying(Rebuilds.Outcome.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.NOT_FOUND);
            assertThat(refused.refusal().message()).contains("execution_list");
        });
    }

    /** A fold of workspaces that makes nothing of some entries. */
    private record Picky(int version, boolean crashes) implements Projection<WorkspaceRow> {
        @Override
        public String name() {
            return "workspace_list";
        }

        @Override
        public Class<WorkspaceRow> rowType() {
            return WorkspaceRow.class;
        }

        @Override
        public Set<String> keys(Entry entry) {
            if (crashes) {
                throw new StackOverflowError("in the middle");
            }
            return Set.of("ws");
        }

        @Override
        public WorkspaceRow fold(String key, WorkspaceRow current, Entry entry) {
            if (entry.position() == 2) {
                throw new IllegalStateException("cannot fold 2");
            }
            WorkspaceRow row = new WorkspaceRow();
            row.id = key;
            row.executionId = Long.toString(entry.position());
            row.phaseId = "one";
            row.backend = "process";
            row.status = "ready";
            row.createdAt = entry.recordedAt();
            return row;
        }
    }

    @Test
    void anEntryThatCannotBeFoldedIsParkedAndTheRestIsThere() {
        SampleLog.write(log, SampleLog.of(1, 1));
        foldAll();
        try (Rebuilds picky = new Rebuilds(
                database.source(), log, () -> List.of(new Picky(0, false)), projector, () -> {}, Clock.systemUTC())) {
            rebuilds = picky;
            Rebuilds.Progress progress = done("workspace_list");
            assertThat(progress.state()).isEqualTo(Rebuilds.State.DONE);
            assertThat(progress.parked()).isEqualTo(1);
        }
        assertThat(rows("view_workspace_list"))
                .singleElement()
                .asString()
                .contains("\"execution_id\": \"" + log.head() + "\"");
        assertThat(projector.standings().stream()
                        .filter(s -> s.name().equals("workspace_list"))
                        .flatMap(s -> s.parked().stream()))
                .singleElement()
                .satisfies(parked -> assertThat(parked.reason()).contains("cannot fold 2"));
    }

    @Test
    void aCrashInTheMiddleLeavesTheOldOneInItsPlace() {
        SampleLog.write(log, SampleLog.of(2, 1));
        foldAll();
        List<String> before = rows("view_workspace_list");
        Rebuild<WorkspaceRow> crashing = new Rebuild<>(database.source(), log, new Picky(0, true), position -> {});
        assertThatThrownBy(crashing::run).isInstanceOf(StackOverflowError.class);
        assertThat(rows("view_workspace_list")).isEqualTo(before);
        sql("create table rebuild_workspace_list (left_behind int)");
        assertThat(done("workspace_list").failure()).isNull();
        assertThat(rows("view_workspace_list")).isEqualTo(before);
    }

    @Test
    void aFoldOfAnotherVersionIsFoldedAgainAtTheStart() {
        SampleLog.write(log, SampleLog.of(1, 1));
        foldAll();
        rebuilds.startOutdated();
        assertThat(rebuilds.of("workspace_list")).isEmpty();
        try (Rebuilds newer = new Rebuilds(
                database.source(), log, () -> List.of(new Picky(1, false)), projector, () -> {}, Clock.systemUTC())) {
            rebuilds = newer;
            newer.startOutdated();
            assertThat(awaited("workspace_list").state()).isEqualTo(Rebuilds.State.DONE);
            assertThat(rows("view_workspace_list")).hasSize(1);
        }
        try (Rebuilds again = new Rebuilds(
                database.source(), log, () -> List.of(new Picky(1, false)), projector, () -> {}, Clock.systemUTC())) {
            rebuilds = again;
            again.startOutdated();
            assertThat(again.of("workspace_list")).isEmpty();
        }
    }
}
