package io.fourfold.kit;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a thread had come to before an entry, and after it: a fold must know it where the entry itself does not say.
 * The threads lately met are remembered, of others the log is read; so the answer depends on the entry alone. Not for
 * two at a time.
 *
 * @param <S> an immutable state
 */
public final class ThreadFold<S> {

    /** Threads remembered; beyond, the one not met for longest is forgotten. */
    static final int THREADS_MAX = 10_000;

    /** Steps remembered: more than a batch has, for each is asked for several times. */
    static final int STEPS_MAX = 8_192;

    /** One entry: what there was, and what there is. */
    public record Step<S>(S before, S after) {}

    private record At<S>(long version, S state) {}

    private final Log log;
    private final S initial;
    private final BiFunction<S, Entry, S> fold;
    private final Map<ThreadId, At<S>> threads = new Lately<>(THREADS_MAX);
    private final Map<Long, Step<S>> steps = new Lately<>(STEPS_MAX);

    public ThreadFold(Log log, S initial, BiFunction<S, Entry, S> fold) {
        this.log = log;
        this.initial = initial;
        this.fold = fold;
    }

    public Step<S> step(Entry entry) {
        Step<S> known = steps.get(entry.position());
        if (known != null) {
            return known;
        }
        S before = isNext(entry) ? threads.get(entry.thread()).state() : read(entry.thread(), entry.version());
        Step<S> step = new Step<>(before, fold.apply(before, entry));
        steps.put(entry.position(), step);
        threads.put(entry.thread(), new At<>(entry.version(), step.after()));
        return step;
    }

    /** Whether the entry can be told of without reading the log. */
    public boolean knows(Entry entry) {
        return entry.version() == 0 || steps.containsKey(entry.position()) || isNext(entry);
    }

    private boolean isNext(Entry entry) {
        At<S> at = threads.get(entry.thread());
        return at != null && at.version() == entry.version() - 1;
    }

    private S read(ThreadId thread, long end) {
        S state = initial;
        long from = 0;
        while (from < end) {
            List<Entry> page = log.thread(thread, from, (int) Math.min(Log.READ_MAX, end - from));
            for (Entry entry : page) {
                state = fold.apply(state, entry);
            }
            if (page.isEmpty()) {
                throw new IllegalStateException(
                        "Expected " + end + " records on " + thread + ", but there are " + from);
            }
            from += page.size();
        }
        return state;
    }

    private static final class Lately<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Lately(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
