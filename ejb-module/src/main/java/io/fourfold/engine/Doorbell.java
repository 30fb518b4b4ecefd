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

/**
 * Says that the log has grown, and nothing else: who hears it reads the log from where it was. A ring costs nobody's
 * time but a counter and a few calls, so listeners must return at once; one that throws is heard by the system log
 * only.
 */
public final class Doorbell {

    private static final System.Logger LOGGER = System.getLogger(Doorbell.class.getName());

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

    /** After a commit on this node, with the threads that have grown. */
    public void ring(Collection<ThreadId> threads) {
        count();
        everywhere.forEach(Listener::hear);
        for (ThreadId thread : threads) {
            perThread.getOrDefault(thread, Set.of()).forEach(Listener::hear);
        }
    }

    /** After a commit on another node, when nobody knows which threads have grown. */
    public void ringAll() {
        count();
        everywhere.forEach(Listener::hear);
        perThread.values().forEach(listeners -> listeners.forEach(Listener::hear));
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
        Listener listener = new Listener(action);
        everywhere.add(listener);
        return () -> everywhere.remove(listener);
    }

    /** Calls when one thread has grown; costs nothing while others do. */
    public Subscription listen(ThreadId thread, Runnable action) {
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
        private final Runnable action;

        private Listener(Runnable action) {
            this.action = action;
        }

        private void hear() {
            try {
                action.run();
            } catch (RuntimeException failure) {
                LOGGER.log(Level.WARNING, "A listener of the doorbell failed", failure);
            }
        }
    }
}
