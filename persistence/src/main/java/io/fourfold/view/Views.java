package io.fourfold.view;

import io.fourfold.view.cache.ReadCache;
import io.fourfold.view.cache.Shelf;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Typed queries over the read models. Every list is bounded by {@link #PAGE_MAX}. */
public final class Views {

    /** Rows in one page, at most. */
    public static final int PAGE_MAX = 500;

    /** Candidates named when an id is short and ambiguous. */
    public static final int CANDIDATES_MAX = 10;

    /** Rows passed over before a page, from which on they are not read for it. */
    private static final int DEEP = 1_000;

    private final EntityManagerFactory factory;
    private final ReadCache cache;

    public Views(EntityManagerFactory factory) {
        this(factory, ReadCache.NONE);
    }

    /** @param cache of single rows, and of the phases of an execution; lists are asked for each time */
    public Views(EntityManagerFactory factory, ReadCache cache) {
        this.factory = factory;
        this.cache = cache;
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
        int first = (int) Math.min((Math.max(1, number) - 1L) * limit, Integer.MAX_VALUE - limit);
        String from = " from " + type.getSimpleName() + " r";
        String ordered = " order by " + order;
        return read(em -> {
            long total = with(where, em.createQuery("select count(r)" + from + where.text(), Long.class))
                    .getSingleResult();
            if (first < DEEP) {
                TypedQuery<T> rows = with(where, em.createQuery("select r" + from + where.text() + ordered, type));
                return new Page<>(
                        rows.setFirstResult(first).setMaxResults(limit).getResultList(), total);
            }
            // What is passed over is read in the index alone.
            List<String> ids = with(where, em.createQuery("select r.id" + from + where.text() + ordered, String.class))
                    .setFirstResult(first)
                    .setMaxResults(limit)
                    .getResultList();
            String named = "select r" + from + " where r.id in :ids" + ordered;
            return new Page<>(
                    ids.isEmpty()
                            ? List.of()
                            : em.createQuery(named, type)
                                    .setParameter("ids", ids)
                                    .getResultList(),
                    total);
        });
    }

    private static <T> TypedQuery<T> with(Where where, TypedQuery<T> query) {
        where.values().forEach(query::setParameter);
        return query;
    }

    /** The row, for reading alone. */
    public <T> Optional<T> find(Class<T> type, String id) {
        return kept(
                        type,
                        id,
                        () -> read(em ->
                                Optional.ofNullable(em.find(type, id)).stream().toList()))
                .stream()
                .findFirst();
    }

    private <T> List<T> kept(Class<T> type, String key, Supplier<List<T>> load) {
        return Shelf.of(type).map(shelf -> cache.get(shelf, key, load)).orElseGet(load);
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

    /** Sums and counts over many rows. */
    public Figures figures() {
        return new Figures(this);
    }

    /** How executions fare on repositories. */
    public Insights insights() {
        return new Insights(this);
    }

    public List<PhaseRow> phases(String executionId) {
        Where own = where().is("executionId", executionId);
        return kept(PhaseRow.class, executionId, () -> page(PhaseRow.class, own, "r.place", 1, PAGE_MAX)
                .items());
    }

    /**
     * The rows that belong to each of some others, by one query; an owner without any is left out.
     *
     * @param owner  the field that names the owner, and {@code of} what it says in a row
     * @param owners at most {@value #PAGE_MAX}, and at most so many rows for each
     */
    public <T> Map<String, List<T>> ofEach(
            Class<T> type, String owner, Function<T, String> of, List<String> owners, String order) {
        if (owners.isEmpty()) {
            return Map.of();
        }
        String query =
                "select r from " + type.getSimpleName() + " r where r." + owner + " in :owners order by " + order;
        return read(em -> em
                .createQuery(query, type)
                .setParameter("owners", owners)
                .setMaxResults(owners.size() * PAGE_MAX)
                .getResultList()
                .stream()
                .collect(Collectors.groupingBy(of)));
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
