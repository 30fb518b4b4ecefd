package io.fourfold.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fourfold.log.jpa.TestJpa;
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
class InsightsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-20");

    private static TestJpa jpa;
    private static Insights insights;
    private static Views views;

    /** One on a, one that failed on a and b, one on neither. */
    @BeforeAll
    static void fill() {
        jpa = TestJpa.fresh();
        views = new Views(jpa.units());
        insights = views.insights();
        try (var em = jpa.units().createEntityManager()) {
            em.getTransaction().begin();
            em.persist(execution("exec-1", "mend", "completed", "1"));
            em.persist(execution("exec-2", "mend", "failed", "2"));
            em.persist(execution("exec-3", "write", "running", "4"));
            em.persist(session("exec-1", "opus", "1"));
            em.persist(session("exec-2", "opus", "2"));
            em.persist(session("exec-3", "haiku", "4"));
            em.persist(on("exec-1", "octo/a"));
            em.persist(on("exec-2", "octo/a"));
            em.persist(on("exec-2", "octo/b"));
            em.persist(day(DAY, "octo/a", 1, 1, "3"));
            em.persist(day(DAY, "octo/b", 0, 1, "2"));
            em.persist(day(DAY.minusDays(40), "octo/b", 5, 0, "9"));
            em.persist(tally(new DashboardRow(), DAY, "mend", 1, 1, "3"));
            em.persist(tally(new DashboardRow(), DAY, "write", 0, 0, "4"));
            em.getTransaction().commit();
        }
    }

    @AfterAll
    static void close() {
        jpa.close();
    }

    private static ExecutionRow execution(String id, String workflow, String status, String cost) {
        ExecutionRow row = new ExecutionRow();
        row.id = id;
        row.workflowId = workflow;
        row.workflowName = workflow;
        row.status = status;
        row.queuedAt = Instant.parse("2026-11-20T23:59:59Z");
        row.inputTokens = 10;
        row.costUsd = new BigDecimal(cost);
        row.startedBy = "did:fourfold:user:alice";
        return row;
    }

    private static SessionRow session(String execution, String model, String cost) {
        SessionRow row = new SessionRow();
        row.id = "s-" + execution;
        row.executionId = execution;
        row.workflowId = "w";
        row.workflowName = "w";
        row.phaseId = "p";
        row.phaseName = "p";
        row.provider = "claude";
        row.status = "completed";
        row.startedAt = Instant.parse("2026-11-20T00:00:00Z");
        row.costUsd = new BigDecimal(cost);
        row.costByModel = Map.of(model, cost);
        return row;
    }

    private static RepoCorrelationRow on(String execution, String repository) {
        RepoCorrelationRow row = new RepoCorrelationRow();
        row.id = execution + "/" + repository;
        row.repository = repository;
        row.executionId = execution;
        row.workflowId = "w";
        row.workflowName = "w";
        row.source = "workflow";
        row.at = Instant.EPOCH;
        return row;
    }

    private static RepoHealthRow day(LocalDate day, String repository, int completed, int failed, String cost) {
        RepoHealthRow row = new RepoHealthRow();
        row.id = day + "/" + repository;
        row.repository = repository;
        return counted(row, day, completed, failed, cost);
    }

    private static DashboardRow tally(
            DashboardRow row, LocalDate day, String workflow, int completed, int failed, String cost) {
        row.id = day + "/" + workflow;
        row.workflowId = workflow;
        return counted(row, day, completed, failed, cost);
    }

    private static <R extends TallyRow> R counted(R row, LocalDate day, int completed, int failed, String cost) {
        row.day = day.toString();
        row.executions = completed + failed;
        row.completed = completed;
        row.failed = failed;
        row.costUsd = new BigDecimal(cost);
        row.lastAt = Instant.parse(day + "T12:00:00Z");
        return row;
    }

    @Test
    void anExecutionOnTwoRepositoriesCountsOnce() {
        Totals totals = insights.totals(List.of("octo/a", "octo/b"));
        assertThat(totals.executions()).isEqualTo(2);
        assertThat(totals.costUsd()).isEqualByComparingTo("3");
        assertThat(totals.inputTokens()).isEqualTo(20);
        assertThat(totals.byStatus()).isEqualTo(Map.of("completed", 1L, "failed", 1L));
        assertThat(insights.totals(List.of("octo/b")).executions()).isEqualTo(1);
        assertThat(insights.totals(List.of("octo/none")).executions()).isZero();
        assertThat(insights.totals(null).costUsd()).isEqualByComparingTo("7");
    }

    @Test
    void costsAreToldByWorkflowModelAndRepository() {
        assertThat(insights.costByWorkflow(List.of("octo/a"))).containsOnlyKeys("mend");
        assertThat(insights.costByWorkflow(null)).containsOnlyKeys("write", "mend");
        assertThat(insights.costByModel(List.of("octo/b")))
                .hasEntrySatisfying("opus", cost -> assertThat(cost).isEqualByComparingTo("2"))
                .hasSize(1);
        assertThat(insights.costByModel(null)).containsOnlyKeys("haiku", "opus");
        assertThat(insights.costByRepository(null).keySet()).containsExactly("octo/b", "octo/a");
        assertThat(insights.costByRepository(List.of("octo/a"))).containsOnlyKeys("octo/a");
    }

    @Test
    void healthLooksAtItsWindowAlone() {
        List<Insights.RepositoryFigures> figures =
                insights.health(null, DAY.minusDays(29), DAY.minusDays(14), Views.PAGE_MAX);
        assertThat(figures).extracting(Insights.RepositoryFigures::repository).containsExactly("octo/a", "octo/b");
        Insights.RepositoryFigures b = figures.getLast();
        assertThat(b.completed()).isZero();
        assertThat(b.failed()).isEqualTo(1);
        assertThat(b.halfFailed()).isEqualTo(1);
        assertThat(b.costUsd()).isEqualByComparingTo("2");
        assertThat(b.lastAt()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(insights.count(null)).isEqualTo(2);
        assertThat(insights.health(null, DAY, DAY, 1))
                .extracting(Insights.RepositoryFigures::repository)
                .containsExactly("octo/a");
        assertThat(insights.health(List.of("octo/a"), DAY, DAY, 9)).hasSize(1);
        assertThat(insights.unregistered()).isEqualTo(2);
    }

    @Test
    void daysAreCountedByWhereThingsStand() {
        assertThat(insights.perDay(false, null, DAY, DAY))
                .extracting(Insights.DayFigures::status, Insights.DayFigures::count)
                .containsExactly(tuple("completed", 1L), tuple("failed", 1L), tuple("running", 1L));
        assertThat(insights.perDay(true, List.of("octo/b"), DAY.minusDays(5), DAY))
                .singleElement()
                .satisfies(day -> {
                    assertThat(day.day()).isEqualTo("2026-11-20");
                    assertThat(day.costUsd()).isEqualByComparingTo("2");
                });
        assertThat(insights.perDay(false, null, DAY.plusDays(1), DAY.plusDays(1)))
                .isEmpty();
    }

    @Test
    void listsAreNarrowedToRepositories() {
        assertThat(views.page(
                                ExecutionRow.class,
                                Views.where()
                                        .onRepositories(List.of("octo/a", "octo/b"))
                                        .is("status", "failed"),
                                "r.queuedAt desc, r.id",
                                1,
                                10)
                        .items())
                .singleElement()
                .satisfies(row -> assertThat(row.id).isEqualTo("exec-2"));
    }
}
