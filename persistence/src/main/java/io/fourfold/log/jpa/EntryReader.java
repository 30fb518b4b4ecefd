package io.fourfold.log.jpa;

import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Reads entries through JPA, each read with an entity manager of its own. */
final class EntryReader {

    private final EntityManagerFactory units;

    EntryReader(EntityManagerFactory units) {
        this.units = units;
    }

    List<Entry> after(long position, int limit) {
        return read(manager -> manager.createNamedQuery(EntryRow.AFTER, EntryRow.class)
                .setParameter("position", position)
                .setMaxResults(Math.min(limit, Log.READ_MAX))
                .getResultStream()
                .map(EntryRow::entry)
                .toList());
    }

    List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        return read(manager -> manager.createNamedQuery(EntryRow.THREAD, EntryRow.class)
                .setParameter("thread", thread.value())
                .setParameter("version", fromVersion)
                .setMaxResults(Math.min(limit, Log.READ_MAX))
                .getResultStream()
                .map(EntryRow::entry)
                .toList());
    }

    List<Entry> find(Collection<EntryId> ids) {
        return read(manager -> manager.createNamedQuery(EntryRow.BY_ID, EntryRow.class)
                .setParameter("ids", ids.stream().map(EntryId::bytes).toList())
                .getResultStream()
                .map(EntryRow::entry)
                .toList());
    }

    long head() {
        Long head = read(
                manager -> manager.createNamedQuery(EntryRow.HEAD, Long.class).getSingleResult());
        return head == null ? 0 : head;
    }

    private <T> T read(Function<EntityManager, T> query) {
        try (EntityManager manager = units.createEntityManager()) {
            return query.apply(manager);
        } catch (RuntimeException failure) {
            throw Outage.of(failure);
        }
    }
}
