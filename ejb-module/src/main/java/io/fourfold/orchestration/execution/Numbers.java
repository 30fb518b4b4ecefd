package io.fourfold.orchestration.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** After all that an execution's agents were seen to do, also what a server took and could not store any more. */
    static Numbers of(House house, String executionId, ExecutionState state) {
        long last = house.lastSeq().applyAsLong(executionId);
        for (String phase : state.current()) {
            try {
                String session = state.phase(phase).map(Progress::sessionId).orElseThrow();
                last = Math.max(last, Journal.lastSeq(house.journals(), session));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return new Numbers(last);
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
