package io.fourfold.container;

import io.fourfold.engine.Doorbell;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Drives a loop: turn after turn while there is work, then asleep until the doorbell rings or the poll is due. The
 * first ring is answered at once, those soon after it together: a turn that did something is followed by a rest.
 */
final class Pump implements Runnable {

    /** A missed ring costs at most this. */
    static final Duration POLL = Duration.ofSeconds(1);

    /** From the end of a turn that found work to the next: so many turns cost writers nothing. */
    static final Duration REST = Duration.ofMillis(5);

    private static final Logger LOG = Logger.getLogger(Pump.class.getName());

    private final String name;
    private final Doorbell doorbell;
    private final IntSupplier turn;
    private volatile boolean stopped;
    private volatile String failure;

    Pump(String name, Doorbell doorbell, IntSupplier turn) {
        this.name = name;
        this.doorbell = doorbell;
        this.turn = turn;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                long seen = doorbell.rings();
                if (turn() > 0) {
                    Thread.sleep(REST);
                } else if (!stopped) {
                    doorbell.await(seen, POLL);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int turn() {
        try {
            int done = turn.getAsInt();
            failure = null;
            return done;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError broken) {
            if (failure == null && !stopped) {
                LOG.log(Level.WARNING, "Loop " + name + " failed and is tried again", broken);
            }
            failure = String.valueOf(broken.getMessage());
            return 0;
        }
    }

    void stop() {
        stopped = true;
        doorbell.ringAll();
    }

    /** Why the last turn failed; null when it did not. */
    String failure() {
        return failure;
    }
}
