package io.fourfold.view.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was read lately. An answer is never older than the last {@link #forget} of its key: one that was under way
 * meanwhile is given to its reader and not kept. It may fail to keep, never to answer: then the answer is loaded.
 */
public interface ReadCache extends AutoCloseable {

    /** How long anything is kept, in case nobody was told of a change: by hand, or by a server that went away. */
    Duration AGE_MAX = Duration.ofSeconds(60);

    /** Where rows are kept. */
    record Place(Shelf<?> shelf, String key) {}

    /**
     * How it fares.
     *
     * @param kind    {@code process}, {@code redis} or {@code none}
     * @param failure why it keeps nothing at present; null while it does
     */
    record Standing(String kind, String failure, long hits, long misses) {}

    /** The rows under a key, as kept or as loaded; they are shared, so nobody changes them. None are not kept. */
    <V> List<V> get(Shelf<V> shelf, String key, Supplier<List<V>> load);

    /** After these have changed in the database. */
    void forget(Collection<Place> places);

    /** After anything may have changed. */
    void clear();

    Standing standing();

    @Override
    void close();

    /** Keeps nothing. */
    ReadCache NONE = new ReadCache() {
        @Override
        public <V> List<V> get(Shelf<V> shelf, String key, Supplier<List<V>> load) {
            return load.get();
        }

        @Override
        public void forget(Collection<Place> places) {}

        @Override
        public void clear() {}

        @Override
        public Standing standing() {
            return new Standing("none", null, 0, 0);
        }

        @Override
        public void close() {}
    };
}
