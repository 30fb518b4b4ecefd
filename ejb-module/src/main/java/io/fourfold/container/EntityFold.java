package io.fourfold.container;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.Checkpoint;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Folds entries into the rows of a projection, and moves its checkpoint. */
public final class EntityFold {

    /** Parameters of one query. */
    private static final int KEYS_MAX = 500;

    private EntityFold() {}

    /** Within the caller's transaction. */
    public static <V> void fold(EntityManager em, Projection<V> projection, List<Entry> entries, long position) {
        List<Set<String>> keys = entries.stream().map(projection::keys).toList();
        Map<String, V> rows = stored(em, projection, keys);
        Set<String> stored = Set.copyOf(rows.keySet());
        for (int i = 0; i < entries.size(); i++) {
            for (String key : keys.get(i)) {
                rows.put(key, projection.fold(key, rows.get(key), entries.get(i)));
            }
        }
        rows.forEach((key, row) -> write(em, projection, key, row, stored.contains(key)));
        Checkpoint checkpoint = em.find(Checkpoint.class, projection.name());
        if (checkpoint == null) {
            checkpoint = new Checkpoint(projection.name());
            em.persist(checkpoint);
        }
        checkpoint.position = position;
    }

    /** Those that are there already, by one query, with their keys. */
    private static <V> Map<String, V> stored(EntityManager em, Projection<V> projection, List<Set<String>> keys) {
        Map<String, V> rows = new HashMap<>();
        List<String> all = keys.stream().flatMap(Set::stream).distinct().toList();
        for (int from = 0; from < all.size(); from += KEYS_MAX) {
            List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_MAX));
            em.createQuery(
                            "select r.id, r from " + projection.rowType().getSimpleName() + " r where r.id in :keys",
                            Object[].class)
                    .setParameter("keys", some)
                    .getResultList()
                    .forEach(row ->
                            rows.put((String) row[0], projection.rowType().cast(row[1])));
        }
        return rows;
    }

    private static <V> void write(EntityManager em, Projection<V> projection, String key, V row, boolean stored) {
        if (row == null) {
            if (stored) {
                em.remove(em.find(projection.rowType(), key));
            }
        } else if (!stored) {
            em.persist(row);
        } else if (!em.contains(row)) {
            em.merge(row);
        }
    }
}
