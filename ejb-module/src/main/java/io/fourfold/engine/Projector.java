package io.fourfold.engine;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Folds the log into the read models. Rows and checkpoint of a projection change in one transaction; a projection that
 * fails is held where it is and tried again each turn, the others go on. An entry that it still cannot fold after
 * {@value #TRIES_MAX} turns, by itself and with the database well, is parked: passed over and named.
 */
public final class Projector {

    /** Entries folded in one transaction, at most. */
    static final int BATCH_MAX = 500;

    /** Turns in which a batch may fail before its entries are folded one by one. */
    static final int TRIES_MAX = 3;

    /** Entries that do not concern a projection and are read again after a crash, at most, for want of a checkpoint. */
    static final int UNSAVED_MAX = 5_000;

    /** How long a reader waits to see its own writes. */
    public static final Duration AWAIT_MAX = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Projector.class.getName());

    /** Where rows and checkpoints are kept. */
    public interface Rows {
        long position(String projection);

        /** Folds the entries and moves the checkpoint to {@code position}, together or not at all. */
        <V> void fold(Projection<V> projection, List<Entry> entries, long position);
    }

    /**
     * How one projection stands; {@code failure} is null while it is well, {@code parked} counts entries passed over.
     */
    public record Standing(String name, long position, String failure, int parked) {}

    private final Log log;
    private final Rows rows;
    private final List<Projection<?>> projections;
    private final Map<String, Long> positions = new ConcurrentHashMap<>();
    private final Map<String, Long> saved = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final Map<String, Integer> parked = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    public Projector(Log log, Rows rows, List<Projection<?>> projections) {
        this.log = log;
        this.rows = rows;
        this.projections = List.copyOf(projections);
    }

    /** Folds the next batch into every projection; the number of entries read. */
    public int turn() {
        Map<Long, List<Projection<?>>> byPosition = new TreeMap<>();
        for (Projection<?> projection : projections) {
            long position = positions.computeIfAbsent(projection.name(), rows::position);
            byPosition.computeIfAbsent(position, p -> new ArrayList<>()).add(projection);
        }
        int read = 0;
        for (Map.Entry<Long, List<Projection<?>>> group : byPosition.entrySet()) {
            List<Entry> batch = log.after(group.getKey(), BATCH_MAX);
            boolean progress = false;
            for (Projection<?> projection : batch.isEmpty() ? List.<Projection<?>>of() : group.getValue()) {
                progress |= fold(projection, batch);
            }
            read += progress ? batch.size() : 0;
        }
        signal();
        return read;
    }

    private boolean fold(Projection<?> projection, List<Entry> batch) {
        long position = batch.get(batch.size() - 1).position();
        try {
            if (concerns(projection, batch) || position - saved.getOrDefault(projection.name(), 0L) > UNSAVED_MAX) {
                rows.fold(projection, batch, position);
                saved.put(projection.name(), position);
            }
            moved(projection, position);
            return true;
        } catch (RuntimeException broken) {
            if (failures.put(projection.name(), String.valueOf(broken.getMessage())) == null) {
                LOG.log(Level.WARNING, "Projection " + projection.name() + " is held", broken);
            }
            return tries.merge(projection.name(), 1, Integer::sum) >= TRIES_MAX && oneByOne(projection, batch);
        }
    }

    private static boolean concerns(Projection<?> projection, List<Entry> batch) {
        return batch.stream().anyMatch(entry -> !projection.keys(entry).isEmpty());
    }

    private void moved(Projection<?> projection, long position) {
        positions.put(projection.name(), position);
        failures.remove(projection.name());
        tries.remove(projection.name());
    }

    /** Whether there was any progress; stops where the database fails. */
    private boolean oneByOne(Projection<?> projection, List<Entry> batch) {
        long from = positions.get(projection.name());
        try {
            for (Entry entry : batch) {
                if (!folds(projection, entry)) {
                    // Between two tries that fail, a write that succeeds: it is the entry, not the database.
                    rows.fold(projection, List.of(), positions.get(projection.name()));
                    if (!folds(projection, entry)) {
                        park(projection, entry);
                    }
                }
            }
        } catch (RuntimeException unreachable) {
            failures.put(projection.name(), String.valueOf(unreachable.getMessage()));
        }
        return positions.get(projection.name()) > from;
    }

    private boolean folds(Projection<?> projection, Entry entry) {
        try {
            rows.fold(projection, List.of(entry), entry.position());
            moved(projection, entry.position());
            return true;
        } catch (RuntimeException broken) {
            LOG.log(Level.FINE, "Projection " + projection.name() + " cannot fold " + entry.id(), broken);
            return false;
        }
    }

    private void park(Projection<?> projection, Entry entry) {
        rows.fold(projection, List.of(), entry.position());
        moved(projection, entry.position());
        parked.merge(projection.name(), 1, Integer::sum);
        LOG.warning("Projection " + projection.name() + " passes over the record "
                + entry.id().hex());
    }

    /** Waits until every projection that is well has folded the position; false after {@link #AWAIT_MAX}. */
    public boolean await(long position) {
        long left = AWAIT_MAX.toNanos();
        lock.lock();
        try {
            while (behind(position) && left > 0) {
                left = moved.awaitNanos(left);
            }
            return left > 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean behind(long position) {
        return projections.stream()
                .filter(p -> !failures.containsKey(p.name()))
                .anyMatch(p -> positions.getOrDefault(p.name(), 0L) < position);
    }

    private void signal() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Entries of the log a projection has not folded yet. */
    public long lag(String projection) {
        return log.head() - positions.getOrDefault(projection, 0L);
    }

    public List<Standing> standings() {
        return projections.stream()
                .map(p -> new Standing(
                        p.name(),
                        positions.getOrDefault(p.name(), 0L),
                        failures.get(p.name()),
                        parked.getOrDefault(p.name(), 0)))
                .toList();
    }
}
