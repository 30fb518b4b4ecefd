package io.fourfold.container;

import io.fourfold.engine.Loop;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns a loop that a timer rings for: one turn at a time, and one that failed is tried again at the next ring. */
final class Turning {

    private static final Logger LOG = Logger.getLogger(Turning.class.getName());

    private final Loop loop;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile Instant lastTurn;
    private volatile String failure;

    Turning(Loop loop) {
        this.loop = loop;
    }

    void turn(Instant now) {
        if (!busy.tryLock()) {
            return;
        }
        try {
            loop.turn(now);
            failure = null;
            lastTurn = now;
        } catch (RuntimeException broken) {
            failure = String.valueOf(broken.getMessage());
            LOG.log(Level.WARNING, "Loop " + loop.name() + " failed and is tried again", broken);
        } finally {
            busy.unlock();
        }
    }

    Instant lastTurn() {
        return lastTurn;
    }

    String failure() {
        return failure;
    }
}
