package io.fourfold.container;

import io.fourfold.engine.Projector;
import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.Checkpoint;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows and checkpoint of a projection, in one transaction. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProjectionRows implements Projector.Rows {

    @PersistenceContext(unitName = "fourfold")
    EntityManager em;

    @Override
    public long position(String projection) {
        Checkpoint checkpoint = em.find(Checkpoint.class, projection);
        return checkpoint == null ? 0 : checkpoint.position;
    }

    @Override
    public <V> void fold(Projection<V> projection, List<Entry> entries, long position) {
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
        rows.forEach((key, row) -> write(projection, key, row, stored.contains(key)));
        Checkpoint checkpoint = em.find(Checkpoint.class, projection.name());
        if (checkpoint == null) {
            checkpoint = new Checkpoint(projection.name());
            em.persist(checkpoint);
        }
        checkpoint.position = position;
    }

    private <V> void write(Projection<V> projection, String key, V row, boolean stored) {
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
