package io.fourfold.orchestration.execution;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The numbers of what the agents of one execution are seen to do: one after the other, whichever agent it was, and told
 * in that order.
 */
final class Numbers {

    private final ReentrantLock lock = new ReentrantLock();
    private long last;

    /** After the last number that was given out. */
    Numbers(long last) {
        this.last = last;
    }

    /** Tells of what carries the numbers from {@code first} on. */
    interface Telling {
        void from(long first) throws IOException;
    }

    /** Gives out so many, and has them told before anybody gets the next. */
    void next(int count, Telling telling) throws IOException {
        lock.lock();
        try {
            long first = last + 1;
            last += count;
            telling.from(first);
        } finally {
            lock.unlock();
        }
    }

    /** These were given out by another server. */
    void atLeast(long given) {
        lock.lock();
        try {
            last = Math.max(last, given);
        } finally {
            lock.unlock();
        }
    }
}
