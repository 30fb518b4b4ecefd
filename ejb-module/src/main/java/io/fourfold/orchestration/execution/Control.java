package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.orchestration.workspace.Sandbox;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What people want of one running execution, and where it takes effect. The thread of the execution says what is
 * wanted; {@link #look} reads it whenever the doorbell rings for it. At a yield point the agent is held or stopped; a
 * command, which has none, anywhere; and an execution that was ended from outside at once.
 */
final class Control {

    private static final String ANYWHERE = "in the middle of a command";

    private final Commands commands;
    private final String executionId;
    private final Did actor;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final int retries;
    private ExecutionState state;
    private Sandbox.Running agent;
    private boolean holds;
    private boolean stops;
    private boolean anywhere;
    private volatile boolean frozen;

    Control(Commands commands, String executionId, Did actor) {
        this.commands = commands;
        this.executionId = executionId;
        this.actor = actor;
        this.state = commands.state(Execution.AGGREGATE, Execution.threadOf(executionId));
        this.retries = state.retries();
    }

    ExecutionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the execution still is this runner's to go on with: not over, and not tried again since it was. */
    boolean isLive() {
        return isOurs(state());
    }

    private boolean isOurs(ExecutionState now) {
        return !now.status().isOver() && now.retries() == retries;
    }

    /** Reads the thread again; stops the agent when the execution was ended meanwhile. */
    void look() {
        Sandbox.Running over = read();
        if (over == null) {
            over = anywhere();
        }
        if (over != null) {
            over.stop();
        }
    }

    /** Holds, ends or frees a command where it is; the command, when it is to be stopped. */
    private Sandbox.Running anywhere() {
        Sandbox.Running command;
        ExecutionState now;
        lock.lock();
        try {
            command = anywhere ? agent : null;
            now = state;
        } finally {
            lock.unlock();
        }
        if (command == null) {
            return null;
        }
        if (now.status() == Status.RUNNING && (now.pauseRequested() || now.cancelRequested())) {
            command.freeze();
            frozen = true;
            commands.handle(Execution.AGGREGATE, new ExecutionCommand.Pause(executionId, ANYWHERE), actor);
            return read();
        }
        if (now.status() == Status.RUNNING && frozen) {
            frozen = false;
            command.thaw();
        }
        return null;
    }

    /** One reader at a time, so that what was read earlier is never put in place of what was read later. */
    private Sandbox.Running read() {
        reading.lock();
        try {
            ExecutionState now = commands.state(Execution.AGGREGATE, Execution.threadOf(executionId));
            lock.lock();
            try {
                state = now;
                changed.signalAll();
                return isOurs(now) ? null : agent;
            } finally {
                lock.unlock();
            }
        } finally {
            reading.unlock();
        }
    }

    /** Takes a command, which may be held and ended anywhere until it shows a yield point. */
    void attachCommand(Sandbox.Running running) {
        lock.lock();
        try {
            anywhere = true;
        } finally {
            lock.unlock();
        }
        attach(running);
        look();
    }

    /** Takes an agent that has started, or null when it has ended. What was wanted of it before is done now. */
    void attach(Sandbox.Running running) {
        boolean stop;
        boolean freeze;
        lock.lock();
        try {
            agent = running;
            anywhere = anywhere && running != null;
            frozen = frozen && running != null;
            stop = stops || !isOurs(state);
            freeze = holds;
            stops = stops && running != null;
        } finally {
            lock.unlock();
        }
        if (running != null && stop) {
            running.stop();
        } else if (running != null && freeze) {
            running.freeze();
        }
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
     * A place where the execution may be held or ended. Returns when it may go on, or when it is over.
     *
     * @param where for example {@code after tool Bash}
     */
    void yield(String where) throws InterruptedException {
        ExecutionState before = yielding();
        boolean asked = before.pauseRequested() || before.cancelRequested();
        if (!asked && before.status() != Status.PAUSED) {
            return;
        }
        Sandbox.Running held = hold(true);
        if (held != null) {
            held.freeze();
        }
        if (asked) {
            commands.handle(Execution.AGGREGATE, new ExecutionCommand.Pause(executionId, where), actor);
        }
        look();
        lock.lock();
        try {
            while (state.status() == Status.PAUSED) {
                changed.await();
            }
        } finally {
            lock.unlock();
            held = hold(false);
        }
        if (held != null && isLive()) {
            held.thaw();
        }
    }

    /** What shows yield points is held there and nowhere else. */
    private ExecutionState yielding() {
        lock.lock();
        try {
            anywhere = false;
            return state;
        } finally {
            lock.unlock();
        }
    }

    private Sandbox.Running hold(boolean wanted) {
        lock.lock();
        try {
            holds = wanted;
            return agent;
        } finally {
            lock.unlock();
        }
    }

    /** The runner has let go of the execution. */
    void end() {
        ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Carries out a command of the runner; whether it was accepted. None is once the execution is not ours any more.
     */
    boolean tell(ExecutionCommand command) {
        look();
        if (!isLive()) {
            return false;
        }
        Outcome<ExecutionState> outcome = commands.handle(Execution.AGGREGATE, command, actor);
        look();
        return outcome instanceof Outcome.Done;
    }
}
