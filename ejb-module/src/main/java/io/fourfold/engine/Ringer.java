package io.fourfold.engine;

import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Nodes;
import java.time.Duration;
import java.util.Set;

/**
 * Rings on this node for what was committed on another. A ring that is lost costs {@link #POLL}: while there are
 * others, the end of the log is looked at that often.
 */
public final class Ringer {

    /** How long a ring may be missed, and how long a turn takes at most. */
    public static final Duration POLL = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Log log;
    private final Doorbell doorbell;
    private final Steering steering;
    private final Runnable rewritten;
    private long head;

    /** @param rewritten what to do when another node wrote tables anew */
    public Ringer(Nodes nodes, Log log, Doorbell doorbell, Steering steering, Runnable rewritten) {
        this.nodes = nodes;
        this.log = log;
        this.doorbell = doorbell;
        this.steering = steering;
        this.rewritten = rewritten;
    }

    /**
     * Waits for others to commit, at most for {@link #POLL}, and rings if they did; what they said to this server is
     * in force before.
     *
     * @throws io.fourfold.log.LogUnavailable when the database does not answer; the next turn connects again
     */
    public void turn() {
        switch (nodes.hear(POLL)) {
            case Nodes.Heard.Any any -> {
                ringAll();
                anew(any.rewritten());
            }
            case Nodes.Heard.Grown grown -> {
                ring(grown.threads());
                anew(grown.rewritten());
            }
            case Nodes.Heard.Silence silence -> {
                if (!nodes.isAlone() && hasGrown()) {
                    ringAll();
                }
            }
        }
    }

    private void ringAll() {
        steering.catchUp();
        doorbell.ringAll();
    }

    private void ring(Set<ThreadId> threads) {
        steering.catchUp(threads);
        if (!threads.isEmpty()) {
            doorbell.ring(threads);
        }
    }

    private void anew(boolean heard) {
        if (heard) {
            rewritten.run();
        }
    }

    private boolean hasGrown() {
        long before = head;
        head = log.head();
        return head > before;
    }
}
