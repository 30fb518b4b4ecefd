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
 * Folds the log into the read models. Rows and checkpoints change in one transaction, that of all projections which are
 * well and at the same place; a projection that fails is held where it is and tried again by itself each turn, the
 * others go on. An entry that it still cannot fold after {@value #TRIES_MAX} turns, by itself and with the database
 * well, is parked: passed over, kept in a list and named.
 */
public final class Projector {

    /** Entries folded in one transaction, at most. */
    static final int BATCH_MAX = 2_000;

    /** Turns in which a batch may fail before its entries are folded one by one. */
    static final int TRIES_MAX = 3;

    /** Entries that do not concern a projection and are read again after a crash, at most, for want of a checkpoint. */
    static final int UNSAVED_MAX = 5_000;

    /** Parked entries that are named, the latest. */
    static final int PARKED_SHOWN = 10;

    /** How long a reader waits to see its own writes. */
    public static final Duration AWAIT_MAX = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Projector.class.getName());

    /** How one projection stands; {@code failure} is null while it is well. */
    public record Standing(String name, long position, String failure, List<ProjectionRows.Parked> parked) {}

    private final Log log;
    private final ReadAhead reader;
    private final ProjectionRows rows;
    private final List<Projection<?>> projections;
    private final Map<String, Long> positions = new ConcurrentHashMap<>();
    private final Map<String, Long> saved = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final Map<String, List<ProjectionRows.Parked>> parked = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    public Projector(Log log, ProjectionRows rows, List<Projection<?>> projections) {
        this.log = log;
        this.reader = new ReadAhead(log, BATCH_MAX);
        this.rows = rows;
        this.projections = List.copyOf(projections);
    }

    /** Folds the next batch into every projection; the number of entries read. */
    public int turn() {
        Map<Long, List<Projection<?>>> byPosition = new TreeMap<>();
        for (Projection<?> projection : projections) {
            long position = positions.computeIfAbsent(projection.name(), this::stored);
            byPosition.computeIfAbsent(position, p -> new ArrayList<>()).add(projection);
        }
        int read = 0;
        for (Map.Entry<Long, List<Projection<?>>> group : byPosition.entrySet()) {
            List<Entry> batch = reader.after(group.getKey());
            read += !batch.isEmpty() && fold(group.getValue(), group.getKey(), batch) ? batch.size() : 0;
        }
        signal();
        return read;
    }

    private long stored(String projection) {
        learn(projection);
        return rows.position(projection);
    }

    /** Looks anew at what of a projection was parked: somebody has changed it. */
    public void refresh(String projection) {
        learn(projection);
    }

    private void learn(String projection) {
        parked.put(projection, rows.parked(projection, PARKED_SHOWN));
    }

    /** All that are well together; those that are not, or when that fails, each by itself. */
    private boolean fold(List<Projection<?>> group, long before, List<Entry> batch) {
        List<Projection<?>> well =
                group.stream().filter(p -> !failures.containsKey(p.name())).toList();
        List<Projection<?>> alone = new ArrayList<>(group);
        boolean progress = false;
        if (well.size() > 1) {
            try {
                progress = together(well, before, batch);
                alone.removeAll(well);
            } catch (RuntimeException broken) {
                LOG.log(Level.FINE, "Projections are folded one by one", broken);
            }
        }
        for (Projection<?> projection : alone) {
            progress |= alone(projection, before, batch);
        }
        return progress;
    }

    private boolean together(List<Projection<?>> group, long before, List<Entry> batch) {
        long position = batch.getLast().position();
        List<Share<?>> shares = new ArrayList<>();
        for (Projection<?> projection : group) {
            Share<?> share = Share.of(projection, batch);
            if (!share.touches().isEmpty() || position - saved.getOrDefault(projection.name(), 0L) > UNSAVED_MAX) {
                shares.add(share);
            }
        }
        Map<String, Long> stands = shares.isEmpty() ? Map.of() : rows.fold(shares, before, position);
        saved.putAll(stands);
        // Not past this batch, though another server may have come further: what it touched must be seen here as well.
        group.forEach(
                projection -> moved(projection, Math.min(position, stands.getOrDefault(projection.name(), position))));
        return true;
    }

    private boolean alone(Projection<?> projection, long before, List<Entry> batch) {
        try {
            return together(List.of(projection), before, batch);
        } catch (RuntimeException broken) {
            if (failures.put(projection.name(), String.valueOf(broken.getMessage())) == null) {
                LOG.log(Level.WARNING, "Projection " + projection.name() + " is held", broken);
            }
            return tries.merge(projection.name(), 1, Integer::sum) >= TRIES_MAX && oneByOne(projection, batch);
        }
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
                if (tried(projection, entry) != null) {
                    // Between two tries that fail, a write that succeeds: it is the entry, not the database.
                    skip(projection, positions.get(projection.name()));
                    String why = tried(projection, entry);
                    if (why != null) {
                        park(projection, entry, why);
                    }
                }
            }
        } catch (RuntimeException unreachable) {
            failures.put(projection.name(), String.valueOf(unreachable.getMessage()));
        }
        return positions.get(projection.name()) > from;
    }

    /** Null when it could be folded, else why not. */
    private String tried(Projection<?> projection, Entry entry) {
        try {
            together(List.of(projection), positions.get(projection.name()), List.of(entry));
            return null;
        } catch (RuntimeException broken) {
            LOG.log(Level.FINE, "Projection " + projection.name() + " cannot fold " + entry.id(), broken);
            return String.valueOf(broken.getMessage());
        }
    }

    private void skip(Projection<?> projection, long position) {
        saved.putAll(
                rows.fold(List.of(new Share<>(projection, List.of())), positions.get(projection.name()), position));
    }

    private void park(Projection<?> projection, Entry entry, String reason) {
        rows.park(projection, entry, reason);
        skip(projection, entry.position());
        moved(projection, entry.position());
        learn(projection.name());
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
                        parked.getOrDefault(p.name(), List.of())))
                .toList();
    }
}
