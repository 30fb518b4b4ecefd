package io.fourfold.container;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Reads and writes through the container's EntityManager, in the container's transactions. */
@Stateless
@LocalBean
public class ContainerRows {

    @PersistenceContext(unitName = "fourfold")
    EntityManager em;

    public <T> T find(Class<T> type, Object id) {
        return em.find(type, id);
    }

    public List<Long> longs(String query) {
        return em.createQuery(query, Long.class).getResultList();
    }

    public int change(String sql) {
        return em.createNativeQuery(sql).executeUpdate();
    }
}
