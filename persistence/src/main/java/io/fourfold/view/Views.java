package io.fourfold.view;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Typed queries over the read models. Every list is bounded by {@link #PAGE_MAX}. */
public final class Views {

    /** Rows in one page, at most. */
    public static final int PAGE_MAX = 500;

    /** Candidates named when an id is short and ambiguous. */
    public static final int CANDIDATES_MAX = 10;

    private final EntityManagerFactory factory;

    public Views(EntityManagerFactory factory) {
        this.factory = factory;
    }

    public static Where where() {
        return new Where();
    }

    /**
     * A page of a list.
     *
     * @param order  fields with {@code asc} or {@code desc}, for example {@code r.queuedAt desc, r.id}; never from a
     *               request as it stands
     * @param number from 1
     */
    public <T> Page<T> page(Class<T> type, Where where, String order, int number, int size) {
        int limit = Math.max(1, Math.min(size, PAGE_MAX));
        return read(em -> {
            TypedQuery<T> query = em.createQuery(
                    "select r from " + type.getSimpleName() + " r" + where.text() + " order by " + order, type);
            TypedQuery<Long> count =
                    em.createQuery("select count(r) from " + type.getSimpleName() + " r" + where.text(), Long.class);
            where.values().forEach(query::setParameter);
            where.values().forEach(count::setParameter);
            List<T> rows = query.setFirstResult(
                            (int) Math.min((Math.max(1, number) - 1L) * limit, Integer.MAX_VALUE - limit))
                    .setMaxResults(limit)
                    .getResultList();
            return new Page<>(rows, count.getSingleResult());
        });
    }

    public <T> Optional<T> find(Class<T> type, String id) {
        return read(em -> Optional.ofNullable(em.find(type, id)));
    }

    static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** Ids that begin with the prefix, at most one more than {@link #CANDIDATES_MAX}. */
    public List<String> idsLike(Class<?> type, String prefix) {
        return read(em -> em.createQuery(
                        "select r.id from " + type.getSimpleName() + " r where r.id like :p escape '!' order by r.id",
                        String.class)
                .setParameter("p", escaped(prefix) + "%")
                .setMaxResults(CANDIDATES_MAX + 1)
                .getResultList());
    }

    public List<PhaseRow> phases(String executionId) {
        return page(PhaseRow.class, where().is("executionId", executionId), "r.place", 1, PAGE_MAX)
                .items();
    }

    /** Threads whose intent has been open and idle since before the given time, oldest first. */
    public List<ThreadRow> stalled(Instant before, int limit) {
        Where idle = where().is("status", "open").before("lastAt", before);
        return page(ThreadRow.class, idle, "r.lastAt", 1, limit).items();
    }

    /** Dispatches that were handed over and should be over since before the given time. */
    public List<DispatchRow> overdue(Instant before, int limit) {
        return read(em -> em.createQuery(
                        "select r from DispatchRow r where r.status = 'handed_over' and r.deadline < :before"
                                + " order by r.deadline",
                        DispatchRow.class)
                .setParameter("before", before)
                .setMaxResults(Math.min(limit, PAGE_MAX))
                .getResultList());
    }

    /** What the front page and {@code /metrics} show; {@code since} bounds the figures named after a day. */
    public Totals totals(Instant since) {
        return totals(" where r.queuedAt >= :since", Map.of("since", since));
    }

    /** The same over the executions that meet the conditions. */
    public Totals totals(Where where) {
        return totals(where.text(), where.values());
    }

    private Totals totals(String conditions, Map<String, Object> values) {
        return read(em -> {
            TypedQuery<Object[]> sums = em.createQuery(
                    "select count(r), sum(r.inputTokens), sum(r.outputTokens), sum(r.cacheCreationTokens),"
                            + " sum(r.cacheReadTokens), sum(r.costUsd), sum(r.toolCalls)"
                            + " from ExecutionRow r" + conditions,
                    Object[].class);
            TypedQuery<Object[]> counts = em.createQuery(
                    "select r.status, count(r) from ExecutionRow r" + conditions + " group by r.status",
                    Object[].class);
            values.forEach(sums::setParameter);
            values.forEach(counts::setParameter);
            Map<String, Long> byStatus = new LinkedHashMap<>();
            counts.getResultList().forEach(row -> byStatus.put((String) row[0], (Long) row[1]));
            return Totals.of(sums.getSingleResult(), byStatus);
        });
    }

    /** The size of the artifacts that meet the conditions, together. */
    public long artifactBytes(Where where) {
        return read(em -> {
            TypedQuery<Long> sum =
                    em.createQuery("select sum(r.sizeBytes) from ArtifactRow r" + where.text(), Long.class);
            where.values().forEach(sum::setParameter);
            return Optional.ofNullable(sum.getSingleResult()).orElse(0L);
        });
    }

    /** What each model cost over all sessions, the dearest first. */
    public Map<String, BigDecimal> costByModel(int limit) {
        return read(em -> {
            Map<String, BigDecimal> costs = new LinkedHashMap<>();
            List<?> rows = em.createNativeQuery("select m.key, sum(m.value::numeric) from view_session_list s,"
                            + " jsonb_each_text(s.cost_by_model) m group by 1 order by 2 desc, 1")
                    .setMaxResults(limit)
                    .getResultList();
            rows.forEach(row -> costs.put((String) ((Object[]) row)[0], (BigDecimal) ((Object[]) row)[1]));
            return costs;
        });
    }

    /** Executions by the day (UTC) they were queued on, from {@code since} on; days without any are left out. */
    public List<Day> perDay(Instant since) {
        return read(em -> {
            List<?> rows = em.createNativeQuery("select to_char(queued_at at time zone 'UTC', 'YYYY-MM-DD'), count(*),"
                            + " count(*) filter (where status = 'failed')"
                            + " from view_execution_list where queued_at >= ?1 group by 1 order by 1")
                    .setParameter(1, Timestamp.from(since))
                    .getResultList();
            return rows.stream().map(row -> day((Object[]) row)).toList();
        });
    }

    private static Day day(Object[] row) {
        return new Day(LocalDate.parse((String) row[0]), ((Number) row[1]).longValue(), ((Number) row[2]).longValue());
    }

    /** How many executions meet the conditions, by status; statuses without any are left out. */
    public Map<String, Long> executionsByStatus(Where where) {
        return read(em -> {
            TypedQuery<Object[]> query = em.createQuery(
                    "select r.status, count(r) from ExecutionRow r" + where.text() + " group by r.status",
                    Object[].class);
            where.values().forEach(query::setParameter);
            Map<String, Long> counts = new LinkedHashMap<>();
            query.getResultList().forEach(row -> counts.put((String) row[0], (Long) row[1]));
            return counts;
        });
    }

    /** How many rows there are, by the texts in some fields; what there is none of is left out. */
    public Map<List<String>, Long> counts(Class<?> type, List<String> fields) {
        String by = "r." + String.join(", r.", fields);
        String query = "select " + by + ", count(r) from " + type.getSimpleName() + " r group by " + by;
        int last = fields.size();
        return read(em -> em.createQuery(query, Object[].class).getResultList().stream()
                .collect(Collectors.toMap(
                        row -> Arrays.stream(row, 0, last)
                                .map(String.class::cast)
                                .toList(),
                        row -> (Long) row[last])));
    }

    public <R> R read(Function<EntityManager, R> query) {
        try (EntityManager em = factory.createEntityManager()) {
            return query.apply(em);
        }
    }
}
