package io.fourfold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.engine.Share;
import io.fourfold.kit.Entries;
import io.fourfold.log.Entry;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionPlan;
import io.fourfold.orchestration.execution.ExecutionQueue;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.orchestration.execution.Ticket;
import io.fourfold.orchestration.workflow.Concurrency.Behavior;
import io.fourfold.projection.FoldedRows;
import io.fourfold.queue.Standings.Held;
import io.fourfold.queue.Standings.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The queue as the fold writes it, and as claims and readers find it. */
@Tag("machine")
class StandingsTest {

    private static final List<String> TAGS = List.of("all", "namespace:*", "workflow:a \"b\" \\c, {d}");

    private final Entries entries = new Entries();
    private TestJpa database;
    private FoldedRows rows;
    private WorkQueue queue;
    private Standings standings;

    @BeforeEach
    void open() {
        database = TestJpa.fresh();
        rows = new FoldedRows(database.source());
        rows.position(new ExecutionQueue().name());
        queue = new WorkQueue(database.source(), ExecutionQueue.QUEUE, "here");
        standings = new Standings(database.source(), ExecutionQueue.QUEUE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void happens(String id, ExecutionEvent... events) {
        for (ExecutionEvent event : events) {
            Entry entry = entries.event(ExecutionEvent.CODEC, Execution.threadOf(id), event);
            Share<?> share = Share.of(new ExecutionQueue(), List.of(entry));
            rows.fold(List.of(share), entry.position() - 1, entry.position());
        }
    }

    private void queued(String id, String key, Integer limit) {
        Ticket ticket = new Ticket("default", TAGS, key, limit, key == null ? null : Behavior.QUEUE);
        ExecutionPlan of = Samples.plan(Samples.phases());
        ExecutionPlan plan = new ExecutionPlan(
                of.workflowId(),
                of.workflowName(),
                1,
                null,
                Map.of(),
                List.of(),
                of.phases(),
                Map.of(),
                null,
                null,
                ticket);
        happens(id, new ExecutionEvent.Queued(id, plan, Samples.AT));
    }

    private List<Claim> claim(int limit, String... held) {
        return queue.claim(new Lanes(limit, Map.of()), List.of(held));
    }

    @Test
    void whatWaitsStandsInLineWithWhatTheFoldWrote() {
        queued("exec-1", "key", 2);
        queued("exec-2", null, null);
        queued("exec-3", "key", 1);

        assertThat(standings.first(9))
                .containsExactly(
                        new Waiting("exec-1", 1, "key", 1, 1, TAGS, null),
                        new Waiting("exec-2", 2, "", 1, null, TAGS, null),
                        new Waiting("exec-3", 3, "key", 2, 1, TAGS, null));
        assertThat(standings.of("exec-3").orElseThrow().position()).isEqualTo(3);
        assertThat(standings.of("exec-9")).isEmpty();
        assertThat(claim(9, TAGS.getLast())).isEmpty();
    }

    @Test
    void whatIsHeldIsNoLongerInLineAndWhatHasBegunIsPastTheIntake() {
        queued("exec-1", "key", 1);
        queued("exec-2", null, null);
        claim(1);
        happens("exec-1", new ExecutionEvent.Started("exec-1", "here", Samples.AT));

        assertThat(standings.held()).containsExactly(new Held("exec-1", "key", "here"));
        assertThat(standings.first(9)).extracting(Waiting::id).containsExactly("exec-2");
        queue.releaseAll();
        assertThat(claim(9, "all")).extracting(Claim::id).containsExactly("exec-1");
    }

    @Test
    void whatHasEndedKeepsItsRoomUntilItIsLetGoAndIsGoneThen() {
        queued("exec-1", null, null);
        Claim claim = claim(1).getFirst();
        happens("exec-1", new ExecutionEvent.Cancelled("exec-1", List.of(), "no more", Samples.AT));
        queued("exec-2", null, null);
        assertThat(claim(1)).isEmpty();

        queue.letGo(claim);

        assertThat(claim(1)).extracting(Claim::id).containsExactly("exec-2");
        assertThat(standings.first(9)).isEmpty();
    }

    @Test
    void whatIsTriedAgainWhileItsRunnerStillHoldsItIsClaimedOnceThatHasLetGo() throws SQLException {
        queued("exec-1", null, null);
        Claim claim = claim(1).getFirst();
        happens(
                "exec-1",
                new ExecutionEvent.Cancelled("exec-1", List.of(), "no more", Samples.AT),
                new ExecutionEvent.Retried("exec-1", List.of(), Samples.ticket(), Samples.AT));
        assertThat(claim(9)).isEmpty();
        queue.letGo(claim);
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update work_queue set not_before = null");
        }

        assertThat(claim(9)).extracting(Claim::id).containsExactly("exec-1");
    }
}
