package io.fourfold.view.cache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** In this process: those used last, at most {@value #ENTRIES_MAX}. */
public final class LocalCache implements ReadCache {

    static final int ENTRIES_MAX = 10_000;

    /** Rows and since when; null while they are being loaded, and then only whose turn it is may put them here. */
    private static final class Kept {
        private final List<?> rows;
        private final long sinceNanos;

        Kept(List<?> rows, long sinceNanos) {
            this.rows = rows;
            this.sinceNanos = sinceNanos;
        }
    }

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final Map<Place, Kept> entries = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Kept> eldest) {
            return size() > ENTRIES_MAX;
        }
    };

    public LocalCache(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    @SuppressWarnings("unchecked") // On a shelf lie rows of its type.
    public <V> List<V> get(Shelf<V> shelf, String key, Supplier<List<V>> load) {
        Place place = new Place(shelf, key);
        long now = nanos.getAsLong();
        Kept known = locked(() -> entries.get(place));
        if (known != null && known.rows != null && now - known.sinceNanos < AGE_MAX.toNanos()) {
            hits.increment();
            return (List<V>) known.rows;
        }
        misses.increment();
        Kept turn = new Kept(null, now);
        locked(() -> entries.put(place, turn));
        List<V> rows = load.get();
        locked(() -> rows.isEmpty() ? entries.remove(place, turn) : entries.replace(place, turn, new Kept(rows, now)));
        return rows;
    }

    @Override
    public void forget(Collection<Place> places) {
        locked(() -> {
            places.forEach(entries::remove);
            return true;
        });
    }

    @Override
    public void clear() {
        locked(() -> {
            entries.clear();
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Standing standing() {
        return new Standing("process", null, hits.sum(), misses.sum());
    }

    @Override
    public void close() {
        clear();
    }
}
