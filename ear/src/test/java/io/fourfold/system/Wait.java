package io.fourfold.system;

import java.util.concurrent.locks.LockSupport;

/** Waits for something to become so. */
final class Wait {

    private static final long LIMIT_NANOS = 60_000_000_000L;
    private static final long STEP_NANOS = 100_000_000L;

    private Wait() {}

    interface Condition {
        boolean holds();
    }

    static void until(Condition condition) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + LIMIT_NANOS / 1_000_000_000L + " s in vain");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }
}
