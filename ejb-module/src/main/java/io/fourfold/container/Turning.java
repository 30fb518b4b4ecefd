package io.fourfold.container;

import io.fourfold.engine.Loop;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns a loop that a timer rings for: one turn at a time, and one that failed is tried again at the next ring. */
final class Turning {

    private static final Logger LOG = Logger.getLogger(Turning.class.getName());

    private final String name;
    private final Consumer<Instant> turn;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile Instant lastTurn;
    private volatile String failure;

    Turning(Loop loop) {
        this(loop.name(), loop::turn);
    }

    Turning(String name, Consumer<Instant> turn) {
        this.name = name;
        this.turn = turn;
    }

    void turn(Instant now) {
        if (!busy.tryLock()) {
            return;
        }
        try {
            turn.accept(now);
            failure = null;
            lastTurn = now;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError broken) {
            if (failure == null) {
                LOG.log(Level.WARNING, "Loop " + name + " failed and is tried again", broken);
            }
            failure = String.valueOf(broken.getMessage());
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
