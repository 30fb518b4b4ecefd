package io.fourfold.view;

import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the front page, lists and {@code /metrics} count: over days, not over executions, so that it stays cheap. */
public final class Figures {

    private static final String SUMS = "select sum(r.executions), sum(r.inputTokens), sum(r.outputTokens),"
            + " sum(r.cacheCreationTokens), sum(r.cacheReadTokens), sum(r.costUsd), sum(r.toolCalls),"
            + " sum(r.notStarted), sum(r.running), sum(r.paused), sum(r.completed), sum(r.failed), sum(r.cancelled),"
            + " sum(r.interrupted) from ";

    private final Views views;

    Figures(Views views) {
        this.views = views;
    }

    /** Of all executions that were queued since a day began, UTC. */
    public Totals since(LocalDate day) {
        return totals(DashboardRow.class, Views.where().from("day", day.toString()));
    }

    /** Of all executions of a workflow; of all there are, where none is named. */
    public Totals ofWorkflow(String workflowId) {
        return totals(DashboardRow.class, Views.where().is("workflowId", workflowId));
    }

    /** Of the days that meet the conditions. */
    public Totals totals(Class<? extends TallyRow> type, Where where) {
        return views.read(em -> {
            TypedQuery<Object[]> sums =
                    em.createQuery(SUMS + type.getSimpleName() + " r" + where.text(), Object[].class);
            where.values().forEach(sums::setParameter);
            return Totals.of(sums.getSingleResult());
        });
    }

    /** Executions by the day (UTC) they were queued on, from a day on; days without any are left out. */
    public List<Day> perDay(LocalDate since) {
        return views.read(em -> em
                .createQuery(
                        "select r.day, sum(r.executions), sum(r.failed) from DashboardRow r where r.day >= :since"
                                + " group by r.day order by r.day",
                        Object[].class)
                .setParameter("since", since.toString())
                .getResultList()
                .stream()
                .map(row -> new Day(LocalDate.parse((String) row[0]), (Long) row[1], (Long) row[2]))
                .toList());
    }

    /** The size of the artifacts that meet the conditions, together. */
    public long artifactBytes(Where where) {
        return views.read(em -> {
            TypedQuery<Long> sum =
                    em.createQuery("select sum(r.sizeBytes) from ArtifactRow r" + where.text(), Long.class);
            where.values().forEach(sum::setParameter);
            return Optional.ofNullable(sum.getSingleResult()).orElse(0L);
        });
    }

    /** What each model cost over all sessions, the dearest first. */
    public Map<String, BigDecimal> costByModel(int limit) {
        return views.read(em -> {
            Map<String, BigDecimal> costs = new LinkedHashMap<>();
            List<?> rows = em.createNativeQuery("select m.key, sum(m.value::numeric) from view_session_list s,"
                            + " jsonb_each_text(s.cost_by_model) m group by 1 order by 2 desc, 1")
                    .setMaxResults(limit)
                    .getResultList();
            rows.forEach(row -> costs.put((String) ((Object[]) row)[0], (BigDecimal) ((Object[]) row)[1]));
            return costs;
        });
    }
}
