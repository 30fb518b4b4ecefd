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
import java.util.List;

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
        EntityFold.fold(em, projection, entries, position);
    }
}
