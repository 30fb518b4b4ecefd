package io.fourfold.container;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.Checkpoint;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Folds entries into the rows of a projection, and moves its checkpoint. */
public final class EntityFold {

    private EntityFold() {}

    /** Within the caller's transaction. */
    public static <V> void fold(EntityManager em, Projection<V> projection, List<Entry> entries, long position) {
        Map<String, V> rows = new HashMap<>();
        Set<String> stored = new HashSet<>();
        for (Entry entry : entries) {
            for (String key : projection.keys(entry)) {
                if (!rows.containsKey(key)) {
                    V found = em.find(projection.rowType(), key);
                    rows.put(key, found);
                    if (found != null) {
                        stored.add(key);
                    }
                }
                rows.put(key, projection.fold(key, rows.get(key), entry));
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
