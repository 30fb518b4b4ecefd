package io.fourfold.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.jpa.TestJpa;
import jakarta.persistence.EntityManager;
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

    @Test
    void aDayEndsAtMidnightUtc() {
        assertThat(views.perDay(Instant.EPOCH))
                .containsExactly(new Day(LocalDate.of(2026, 11, 19), 1, 0), new Day(LocalDate.of(2026, 11, 20), 2, 1));
    }

    @Test
    void daysBeforeTheFirstAreLeftOut() {
        assertThat(views.perDay(Instant.parse("2026-11-20T00:00:00Z")))
                .containsExactly(new Day(LocalDate.of(2026, 11, 20), 2, 1));
    }

    @Test
    void executionsAreCountedByStatusUnderTheSameConditionsAsAList() {
        assertThat(views.executionsByStatus(Views.where()))
                .containsOnly(Map.entry("completed", 2L), Map.entry("failed", 1L));
        assertThat(views.executionsByStatus(Views.where().is("workflowId", "other")))
                .containsOnly(Map.entry("completed", 1L));
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
