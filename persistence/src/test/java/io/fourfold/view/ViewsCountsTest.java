package io.fourfold.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.jpa.TestJpa;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class ViewsCountsTest {

    private static TestJpa jpa;
    private static Views views;

    @BeforeAll
    static void fill() {
        jpa = TestJpa.fresh();
        views = new Views(jpa.units());
        try (EntityManager em = jpa.units().createEntityManager()) {
            em.getTransaction().begin();
            em.persist(row("exec-1", "hello", "completed", "2026-11-19T23:59:59.999Z"));
            em.persist(row("exec-2", "hello", "failed", "2026-11-20T00:00:00Z"));
            em.persist(row("exec-3", "other", "completed", "2026-11-20T12:00:00Z"));
            em.persist(day("2026-11-19", "hello", 1, 0, "0.5"));
            em.persist(day("2026-11-20", "hello", 0, 1, "0.25"));
            em.persist(day("2026-11-20", "other", 1, 0, "1"));
            em.getTransaction().commit();
        }
    }

    @AfterAll
    static void close() {
        jpa.close();
    }

    private static ExecutionRow row(String id, String workflow, String status, String queuedAt) {
        ExecutionRow row = new ExecutionRow();
        row.id = id;
        row.workflowId = workflow;
        row.workflowName = workflow;
        row.status = status;
        row.queuedAt = Instant.parse(queuedAt);
        row.startedBy = "did:fourfold:user:alice";
        return row;
    }

    private static DashboardRow day(String day, String workflow, int completed, int failed, String cost) {
        DashboardRow row = new DashboardRow();
        row.id = day + "/" + workflow;
        row.day = day;
        row.workflowId = workflow;
        row.executions = completed + failed;
        row.completed = completed;
        row.failed = failed;
        row.inputTokens = 10;
        row.costUsd = new BigDecimal(cost);
        row.lastAt = Instant.EPOCH;
        return row;
    }

    @Test
    void daysAreSummedOverWorkflows() {
        assertThat(views.figures().perDay(LocalDate.EPOCH))
                .containsExactly(new Day(LocalDate.of(2026, 11, 19), 1, 0), new Day(LocalDate.of(2026, 11, 20), 2, 1));
    }

    @Test
    void daysBeforeTheFirstAreLeftOut() {
        LocalDate day = LocalDate.of(2026, 11, 20);
        assertThat(views.figures().perDay(day)).containsExactly(new Day(day, 2, 1));
        Totals since = views.figures().since(day);
        assertThat(since.executions()).isEqualTo(2);
        assertThat(since.costUsd()).isEqualByComparingTo("1.25");
        assertThat(since.totalTokens()).isEqualTo(20);
    }

    @Test
    void executionsAreCountedByStatusForAWorkflowOrAll() {
        assertThat(views.figures().ofWorkflow(null).byStatus())
                .containsOnly(Map.entry("completed", 2L), Map.entry("failed", 1L));
        assertThat(views.figures().ofWorkflow("other").byStatus()).containsOnly(Map.entry("completed", 1L));
        assertThat(views.figures().ofWorkflow("none").executions()).isZero();
    }

    @Test
    void rowsOfSeveralOwnersComeByOneQuery() {
        Map<String, List<ExecutionRow>> byWorkflow = views.ofEach(
                ExecutionRow.class, "workflowId", row -> row.workflowId, List.of("hello", "none"), "r.id desc");
        assertThat(byWorkflow).containsOnlyKeys("hello");
        assertThat(byWorkflow.get("hello").stream().map(row -> row.id)).containsExactly("exec-2", "exec-1");
        assertThat(views.ofEach(ExecutionRow.class, "workflowId", row -> row.workflowId, List.of(), "r.id"))
                .isEmpty();
    }

    @Test
    void rowsAreCountedByTheTextsInSeveralFields() {
        assertThat(views.counts(ExecutionRow.class, List.of("workflowId", "status")))
                .containsOnly(
                        Map.entry(List.of("hello", "completed"), 1L),
                        Map.entry(List.of("hello", "failed"), 1L),
                        Map.entry(List.of("other", "completed"), 1L));
    }
}
