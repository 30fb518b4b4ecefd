package io.fourfold.engine;

import io.fourfold.log.ThreadId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Says that the log has grown, and nothing else: who hears it reads the log from where it was. A ring costs nobody's
 * time but a counter and a few calls, so listeners must return at once; one that throws is heard by the system log
 * only.
 */
public final class Doorbell {

    private static final System.Logger LOGGER = System.getLogger(Doorbell.class.getName());

    /** The length of a thread of which something was observed, while it has not grown. */
    public static final long NOT_GROWN = 0;

    /** The length of a thread that may have grown by any number. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    /** Ends a listener's interest. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final Set<Listener> everywhere = ConcurrentHashMap.newKeySet();
    private final Map<ThreadId, Set<Listener>> perThread = new ConcurrentHashMap<>();
    private long rings;

    /** After a commit on another node, with the threads that have grown. */
    public void ring(Collection<ThreadId> threads) {
        ring(threads.stream().collect(Collectors.toMap(thread -> thread, thread -> UNKNOWN, (one, other) -> one)));
    }

    /** After a commit on this node, with how many entries threads hold now; see {@link #NOT_GROWN}. */
    public void ring(Map<ThreadId, Long> lengths) {
        count();
        everywhere.forEach(listener -> listener.hear(UNKNOWN));
        lengths.forEach((thread, length) ->
                perThread.getOrDefault(thread, Set.of()).forEach(listener -> listener.hear(length)));
    }

    /** After a commit on another node, when nobody knows which threads have grown. */
    public void ringAll() {
        count();
        everywhere.forEach(listener -> listener.hear(UNKNOWN));
        perThread.values().forEach(listeners -> listeners.forEach(listener -> listener.hear(UNKNOWN)));
    }

    /** How often it has rung, to be handed to {@link #await}. */
    public long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it has rung more often than {@code seen}, or for the time given; returns how often it has rung. Ask
     * for
     * {@link #rings} first and read the log then: a ring in between is not lost.
     */
    public long await(long seen, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (rings <= seen && nanos > 0) {
                nanos = rung.awaitNanos(nanos);
            }
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /** Calls on every ring. */
    public Subscription listen(Runnable action) {
        Listener listener = new Listener(length -> action.run());
        everywhere.add(listener);
        return () -> everywhere.remove(listener);
    }

    /** Calls when one thread has grown, or what belongs to it; costs nothing while others do. */
    public Subscription listen(ThreadId thread, Runnable action) {
        return listen(thread, length -> action.run());
    }

    /** The same with how many entries the thread holds by now: {@link #UNKNOWN} when nobody knows. */
    public Subscription listen(ThreadId thread, LongConsumer action) {
        Listener listener = new Listener(action);
        perThread.compute(thread, (key, listeners) -> {
            Set<Listener> all = listeners == null ? ConcurrentHashMap.newKeySet() : listeners;
            all.add(listener);
            return all;
        });
        return () -> perThread.computeIfPresent(thread, (key, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    private void count() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Equal to nothing but itself, so that one action may be registered twice. */
    private static final class Listener {
        private final LongConsumer action;

        private Listener(LongConsumer action) {
            this.action = action;
        }

        private void hear(long length) {
            try {
                action.accept(length);
            } catch (RuntimeException failure) {
                LOGGER.log(Level.WARNING, "A listener of the doorbell failed", failure);
            }
        }
    }
}
