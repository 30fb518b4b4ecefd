package io.fourfold.orchestration.execution;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Wakes threads that wait for something to change. */
final class Signal {

    /** How often a condition that nobody signals is looked at again. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    void all() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the condition does not hold any more. */
    void awaitWhile(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            while (condition.getAsBoolean()) {
                changed.awaitNanos(LOOK.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when so much time has passed, or the condition does not hold any more. */
    void rest(Duration time, BooleanSupplier condition) throws InterruptedException {
        long left = time.toNanos();
        lock.lock();
        try {
            while (condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
