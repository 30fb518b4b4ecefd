package io.fourfold.container;

import io.fourfold.engine.Loop;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Turns a loop that a timer rings for, where the server is one that works: one turn at a time, and one that failed is
 * tried again at the next ring. Nothing that is thrown reaches the timer, which a container may
 * then give up for good.
 */
final class Turning {

    private static final Logger LOG = Logger.getLogger(Turning.class.getName());

    private final String name;
    private final Consumer<Instant> turn;
    private final boolean works;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile Instant lastTurn;
    private volatile String failure;

    Turning(Loop loop) {
        this(loop.name(), loop::turn);
    }

    Turning(String name, Consumer<Instant> turn) {
        this(name, turn, Configuration.role().works());
    }

    private Turning(String name, Consumer<Instant> turn, boolean works) {
        this.name = name;
        this.turn = turn;
        this.works = works;
    }

    /** One that turns on every server, whatever it is for. */
    static Turning everywhere(String name, Consumer<Instant> turn) {
        return new Turning(name, turn, true);
    }

    void turn(Instant now) {
        if (!works || !busy.tryLock()) {
            return;
        }
        try {
            turn.accept(now);
            failure = null;
            lastTurn = now;
        } catch (RuntimeException | Error broken) {
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
