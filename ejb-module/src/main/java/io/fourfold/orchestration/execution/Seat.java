package io.fourfold.orchestration.execution;

import io.fourfold.log.LogUnavailable;
import io.fourfold.orchestration.workspace.Sandbox;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;

/** Where one phase of a running execution is held or ended; see {@link Control}. */
final class Seat {

    private static final System.Logger LOGGER = System.getLogger(Seat.class.getName());

    private static final String ANYWHERE = "in the middle of a command";

    private final Control control;
    private final Thread runner;
    private final ReentrantLock lock = new ReentrantLock();
    private Sandbox.Running agent;
    private boolean held;
    private boolean anywhere;
    private boolean yields;
    private boolean stops;
    private volatile boolean waiting;
    private volatile String where = ANYWHERE;

    Seat(Control control, Thread runner) {
        this.control = control;
        this.runner = runner;
    }

    String where() {
        return where;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** Whether what an agent says still is ours to take. */
    boolean takesLines() throws InterruptedException {
        return control.awaitHeld();
    }

    /** Takes a command, which may be held and ended anywhere until it shows a yield point. */
    void attachCommand(Sandbox.Running running) {
        attach(running, true, false);
    }

    /** Nothing runs here any more. */
    void clear() {
        attach(null, false, false);
    }

    /**
     * Takes an agent that runs. What was wanted of it before is done now.
     *
     * @param isCommand it may be held and ended anywhere until it shows a yield point
     * @param isHeld    it is held already, since before this server
     */
    void attach(Sandbox.Running running, boolean isCommand, boolean isHeld) {
        control.change(() -> {
            lock.lock();
            try {
                agent = running;
                // It may have shown a yield point between its start and this.
                anywhere = isCommand && !yields;
                yields = yields && running != null;
                held = isHeld;
                if (running != null && stops) {
                    running.stop();
                }
                stops = stops && running != null;
            } finally {
                lock.unlock();
            }
        });
    }

    /** Ends the agent, not the execution: its phase will say why. */
    void stopAgent() {
        Sandbox.Running running;
        lock.lock();
        try {
            stops = true;
            running = agent;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.stop();
        }
    }

    /**
     * A place where the agent may be held or ended. Returns when it may go on, or when the execution is over.
     *
     * @param point for example {@code after tool Bash}
     */
    void yield(String point) throws InterruptedException {
        lock.lock();
        try {
            anywhere = false;
            yields = true;
            ExecutionState now = control.state();
            if (!now.isAsked() && now.status() != Status.PAUSED) {
                return;
            }
            where = point;
            waiting = true;
        } finally {
            lock.unlock();
        }
        try {
            control.look(Long.MAX_VALUE);
        } catch (LogUnavailable away) {
            LOGGER.log(Level.DEBUG, "An execution is looked at again soon", away);
        }
        control.awaitLetGo(this);
    }

    /** Another server goes on with it. */
    void abandon() {
        runner.interrupt();
    }

    /** Held, or with nothing to hold at a place where it may be. */
    boolean isStill() {
        lock.lock();
        try {
            return agent == null ? waiting : held;
        } finally {
            lock.unlock();
        }
    }

    /** Does what the state of the execution says. */
    void follow(ExecutionState now) {
        lock.lock();
        try {
            boolean asked = now.isAsked();
            if (!control.isOurs(now)) {
                waiting = false;
                if (agent != null) {
                    agent.stop();
                }
            } else if (now.status() == Status.RUNNING && !asked) {
                waiting = false;
                hold(false);
            } else if (now.status() == Status.PAUSED || asked && (anywhere || waiting)) {
                hold(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private void hold(boolean wanted) {
        if (agent == null || held == wanted) {
            return;
        }
        if (wanted) {
            agent.freeze();
        } else {
            agent.thaw();
        }
        held = wanted;
    }
}
