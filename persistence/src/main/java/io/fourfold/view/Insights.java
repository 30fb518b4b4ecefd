package io.fourfold.view;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How executions fare on repositories: on some, by name, or on all there are where {@code repositories} is null. An
 * execution that has to do with several of them counts once, except where it is told for each.
 */
public final class Insights {

    /** Keys of a sum by something, the dearest first. */
    public static final int KEYS_MAX = 100;

    private static final String SUMS = "select count(r), sum(r.inputTokens), sum(r.outputTokens),"
            + " sum(r.cacheCreationTokens), sum(r.cacheReadTokens), sum(r.costUsd), sum(r.toolCalls)"
            + List.of("not_started", "running", "paused", "completed", "failed", "cancelled", "interrupted").stream()
                    .map(status -> ", sum(case when r.status = '" + status + "' then 1 else 0 end)")
                    .collect(Collectors.joining())
            + " from ExecutionRow r";

    /** Since ?1, and since ?2 within that; times as microseconds, because aggregates of them come as another type. */
    private static final String HEALTH = "select repository, sum(case when day >= ?1 then executions else 0 end),"
            + " sum(case when day >= ?1 then completed else 0 end), sum(case when day >= ?1 then failed else 0 end),"
            + " sum(case when day >= ?2 then completed else 0 end), sum(case when day >= ?2 then failed else 0 end),"
            + " sum(not_started + running + paused), sum(case when day >= ?1 then cost_usd else 0 end),"
            + " sum(case when day >= ?1 then"
            + " input_tokens + output_tokens + cache_creation_tokens + cache_read_tokens else 0 end),"
            + " cast(extract(epoch from max(last_at)) * 1000000 as bigint) from view_repo_health";

    private final Views views;

    Insights(Views views) {
        this.views = views;
    }

    /** Of all executions. */
    public Totals totals(List<String> repositories) {
        return repositories == null
                ? views.figures().totals(DashboardRow.class, Views.where())
                : views.read(em -> Totals.of(with(
                                Views.where().onRepositories(repositories),
                                where -> em.createQuery(SUMS + where.text(), Object[].class))
                        .getSingleResult()));
    }

    private static <T> TypedQuery<T> with(Where where, Function<Where, TypedQuery<T>> query) {
        TypedQuery<T> asked = query.apply(where);
        where.values().forEach(asked::setParameter);
        return asked;
    }

    public Map<String, BigDecimal> costByWorkflow(List<String> repositories) {
        return repositories == null
                ? costs("DashboardRow", "workflowId", Views.where())
                : costs("ExecutionRow", "workflowId", Views.where().onRepositories(repositories));
    }

    /** Of each what was spent on executions that have to do with it. */
    public Map<String, BigDecimal> costByRepository(List<String> repositories) {
        return costs("RepoHealthRow", "repository", Views.where().is("repository", repositories));
    }

    private Map<String, BigDecimal> costs(String type, String by, Where given) {
        return views.read(em -> costs(with(
                        given,
                        where -> em.createQuery(
                                "select r." + by + ", sum(r.costUsd) from " + type + " r" + where.text()
                                        + " group by r." + by + " order by sum(r.costUsd) desc, r." + by,
                                Object[].class))
                .setMaxResults(KEYS_MAX)
                .getResultList()));
    }

    private static Map<String, BigDecimal> costs(List<?> rows) {
        Map<String, BigDecimal> costs = new LinkedHashMap<>();
        rows.forEach(row -> costs.put((String) ((Object[]) row)[0], (BigDecimal) ((Object[]) row)[1]));
        return costs;
    }

    public Map<String, BigDecimal> costByModel(List<String> repositories) {
        if (repositories == null) {
            return views.figures().costByModel(KEYS_MAX);
        }
        List<String> values = new ArrayList<>();
        String sql = "select m.key, sum(m.value::numeric) from view_session_list s,"
                + " jsonb_each_text(s.cost_by_model) m where s.execution_id " + on(repositories, values)
                + " group by 1 order by 2 desc, 1";
        return views.read(
                em -> costs(bound(em, sql, values).setMaxResults(KEYS_MAX).getResultList()));
    }

    /** Adds the texts to the values, and says where they stand. */
    private static String places(List<String> texts, List<String> values) {
        int after = values.size();
        values.addAll(texts);
        return IntStream.rangeClosed(after + 1, values.size())
                .mapToObj(place -> "?" + place)
                .collect(Collectors.joining(", "));
    }

    /** The condition that an execution has to do with the repositories. */
    private static String on(List<String> repositories, List<String> values) {
        return "in (select c.execution_id from view_repo_correlation c where c.repository in ("
                + places(repositories, values) + "))";
    }

    private static Query bound(EntityManager em, String sql, List<String> values) {
        Query query = em.createNativeQuery(sql);
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query;
    }

    /** Of the repositories in the order of their names; {@code half} begins the later half of the window. */
    public List<RepositoryFigures> health(List<String> repositories, LocalDate since, LocalDate half, int limit) {
        List<String> values = new ArrayList<>(List.of(since.toString(), half.toString()));
        String narrowed = repositories == null ? "" : " where repository in (" + places(repositories, values) + ")";
        return views.read(em -> {
            List<RepositoryFigures> figures = new ArrayList<>();
            Query query = bound(em, HEALTH + narrowed + " group by repository order by repository", values)
                    .setMaxResults(Math.min(limit, Views.PAGE_MAX));
            for (Object row : query.getResultList()) {
                figures.add(RepositoryFigures.of((Object[]) row));
            }
            return figures;
        });
    }

    /** How many there are that {@link #health} tells of. */
    public long count(List<String> repositories) {
        return views.read(em -> with(
                        Views.where().is("repository", repositories),
                        where -> em.createQuery(
                                "select count(distinct r.repository) from RepoHealthRow r" + where.text(), Long.class))
                .getSingleResult());
    }

    /** What happened on the days of a span (UTC), by where it stands; days without anything are left out. */
    public List<DayFigures> perDay(boolean sessions, List<String> repositories, LocalDate first, LocalDate last) {
        String time = sessions ? "started_at" : "queued_at";
        String select = "select to_char(t." + time + " at time zone 'UTC', 'YYYY-MM-DD'), t.status, count(*),"
                + " sum(t.input_tokens + t.output_tokens + t.cache_creation_tokens + t.cache_read_tokens),"
                + " sum(t.cost_usd) from " + (sessions ? "view_session_list" : "view_execution_list") + " t where t."
                + time + " >= cast(?1 as timestamptz) and t." + time + " < cast(?2 as timestamptz)";
        List<String> values = new ArrayList<>(List.of(first + "T00:00:00Z", last.plusDays(1) + "T00:00:00Z"));
        String narrowed =
                repositories == null ? "" : " and t." + (sessions ? "execution_id " : "id ") + on(repositories, values);
        return views.read(em -> {
            List<DayFigures> days = new ArrayList<>();
            for (Object row : bound(em, select + narrowed + " group by 1, 2 order by 1, 2", values)
                    .getResultList()) {
                days.add(DayFigures.of((Object[]) row));
            }
            return days;
        });
    }

    /** Repositories that executions had to do with and nobody has registered. */
    public long unregistered() {
        return views.read(em -> em.createQuery(
                        "select count(distinct r.repository) from RepoHealthRow r where not exists"
                                + " (select o from OrganizationRow o where o.kind = 'repository'"
                                + " and o.name = r.repository)",
                        Long.class)
                .getSingleResult());
    }

    /**
     * Of one repository within a window.
     *
     * @param halfCompleted of the later half of the window, as {@code halfFailed}
     * @param active        queued, running or paused now
     */
    public record RepositoryFigures(
            String repository,
            long executions,
            long completed,
            long failed,
            long halfCompleted,
            long halfFailed,
            long active,
            BigDecimal costUsd,
            long tokens,
            Instant lastAt) {

        private static RepositoryFigures of(Object[] row) {
            return new RepositoryFigures(
                    (String) row[0],
                    number(row[1]),
                    number(row[2]),
                    number(row[3]),
                    number(row[4]),
                    number(row[5]),
                    number(row[6]),
                    new BigDecimal(row[7].toString()),
                    number(row[8]),
                    Instant.EPOCH.plus(number(row[9]), ChronoUnit.MICROS));
        }
    }

    /** Of one day and status. */
    public record DayFigures(String day, String status, long count, long tokens, BigDecimal costUsd) {

        private static DayFigures of(Object[] row) {
            return new DayFigures(
                    (String) row[0],
                    (String) row[1],
                    number(row[2]),
                    number(row[3]),
                    new BigDecimal(row[4].toString()));
        }
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
