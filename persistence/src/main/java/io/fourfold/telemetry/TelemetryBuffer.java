package io.fourfold.telemetry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What was put and is not yet written: many put, one writes. Knows how far each execution has come. */
final class TelemetryBuffer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private final Deque<Observation> rows = new ArrayDeque<>();
    private final Map<String, Taken> known = new HashMap<>();
    private long taken;
    private long stored;
    private long lost;
    private int flushing;
    private boolean closed;

    /**
     * Waits for room; passes over what was put before. False when it is not known how far the
     * execution has come.
     */
    boolean put(Observation row) {
        lock.lock();
        try {
            while (rows.size() >= TelemetryStore.CAPACITY_ROWS && !closed) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                throw new TelemetryUnavailable("Expected an open telemetry store, but it is closed", null);
            }
            Taken execution = known.get(row.executionId());
            if (execution == null || !execution.add(row.seq())) {
                return execution != null;
            }
            rows.add(row);
            taken++;
            if (rows.size() == 1 || rows.size() >= TelemetryStore.BATCH_MAX_ROWS) {
                more.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void flush() {
        lock.lock();
        try {
            long goal = taken;
            flushing++;
            more.signal();
            while (stored < goal && !closed) {
                room.awaitUninterruptibly();
            }
            flushing--;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a full batch, or the oldest row is due; empty when closed and all is written. */
    List<Observation> nextBatch() throws InterruptedException {
        lock.lock();
        try {
            while (rows.isEmpty() && !closed) {
                more.await();
            }
            long left = TimeUnit.MILLISECONDS.toNanos(TelemetryStore.DELAY_MILLIS);
            while (rows.size() < TelemetryStore.BATCH_MAX_ROWS && flushing == 0 && !closed && left > 0) {
                left = more.awaitNanos(left);
            }
            return rows.stream().limit(TelemetryStore.BATCH_MAX_ROWS).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest rows are written, but for the refused ones. */
    void finish(int count, int refused) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                rows.remove();
            }
            stored += count;
            lost += refused;
            if (rows.isEmpty() && known.size() > TelemetryStore.EXECUTIONS_MAX) {
                known.clear();
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Between two tries; false when there is to be no other. */
    boolean pause() throws InterruptedException {
        lock.lock();
        try {
            if (!closed) {
                closing.awaitNanos(TimeUnit.MILLISECONDS.toNanos(TelemetryStore.DELAY_MILLIS));
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    boolean knows(String executionId) {
        lock.lock();
        try {
            return known.containsKey(executionId);
        } finally {
            lock.unlock();
        }
    }

    void learn(String executionId, long storedSeq) {
        lock.lock();
        try {
            known.putIfAbsent(executionId, new Taken(storedSeq));
        } finally {
            lock.unlock();
        }
    }

    long lastSeq(String executionId) {
        lock.lock();
        try {
            return known.containsKey(executionId) ? known.get(executionId).highest() : 0;
        } finally {
            lock.unlock();
        }
    }

    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    int pending() {
        lock.lock();
        try {
            return rows.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
            room.signalAll();
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
