package io.fourfold.node;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The name of this server, which no other has: leases and agents are known by it. One that was killed gets its name
 * back as soon as the start before it is gone for certain, or was silent for {@value NodeTable#SILENT_SECONDS} s.
 */
public final class OwnName {

    /** How long a start waits for a namesake to fall silent: longer than one that was killed can seem alive. */
    static final int WAIT_SECONDS = NodeTable.SILENT_SECONDS + 5;

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Logger LOG = Logger.getLogger(OwnName.class.getName());

    private final NodeTable nodes;
    private final String name;
    private final Role role;
    private final Incarnation self;
    private final Consumer<Duration> pause;
    private volatile boolean ours;

    public OwnName(NodeTable nodes, String name, Role role, Incarnation self, Consumer<Duration> pause) {
        this.nodes = nodes;
        this.name = name;
        this.role = role;
        this.self = self;
        this.pause = pause;
    }

    /**
     * Takes the name.
     *
     * @param setting where it comes from
     * @throws IllegalStateException naming the setting, when another server that has the name goes on saying it is up
     */
    public void take(String setting) {
        nodes.forget();
        for (Duration waited = Duration.ZERO; !taken(); waited = waited.plus(LOOK)) {
            if (waited.isZero()) {
                LOG.log(
                        Level.WARNING,
                        "{0}: another server is called {1}; waiting up to {2} s for it to fall silent",
                        new Object[] {setting, name, WAIT_SECONDS});
            }
            if (waited.toSeconds() >= WAIT_SECONDS) {
                throw new IllegalStateException(setting + ": expected a name that no other server on this database has,"
                        + " but was " + name + ", and the server of that name is up");
            }
            pause.accept(LOOK);
        }
    }

    private boolean taken() {
        nodes.holder(name).filter(self::knowsGone).ifPresent(gone -> nodes.leave(name, gone));
        ours = nodes.beat(name, role, self.toString());
        return ours;
    }

    /** Says that this server is up, and learns whether it still has its name: one that was silent may have lost it. */
    public void beat() {
        boolean had = ours;
        ours = nodes.beat(name, role, self.toString());
        if (had && !ours) {
            LOG.log(
                    Level.SEVERE,
                    "Another server took the name {0} while this one was silent; it begins nothing more",
                    name);
        }
    }

    /** Whether nobody else has it, as far as was last heard. */
    public boolean isOurs() {
        return ours;
    }

    /** Gives it back. */
    public void leave() {
        nodes.leave(name, self.toString());
    }
}
