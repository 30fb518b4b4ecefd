package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.orchestration.workspace.Sandbox;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What people want of one running execution, and where it takes effect. The thread of the execution says what is wanted;
 * {@link #look} reads it whenever the doorbell rings for it. At a yield point the agent is held or stopped; an execution
 * that was ended from outside is stopped at once.
 */
final class Control {

    private final Commands commands;
    private final String executionId;
    private final Did actor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ExecutionState state;
    private Sandbox.Running agent;

    Control(Commands commands, String executionId, Did actor) {
        this.commands = commands;
        this.executionId = executionId;
        this.actor = actor;
        this.state = commands.state(Execution.AGGREGATE, Execution.threadOf(executionId));
    }

    ExecutionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the execution still is this runner's to go on with. */
    boolean isLive() {
        return !state().status().isOver();
    }

    /** Reads the thread again; stops the agent when the execution was ended meanwhile. */
    void look() {
        ExecutionState now = commands.state(Execution.AGGREGATE, Execution.threadOf(executionId));
        Sandbox.Running over;
        lock.lock();
        try {
            state = now;
            over = now.status().isOver() ? agent : null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (over != null) {
            over.stop();
        }
    }

    void attach(Sandbox.Running running) {
        lock.lock();
        try {
            agent = running;
        } finally {
            lock.unlock();
        }
        if (running != null && !isLive()) {
            running.stop();
        }
    }

    /** Ends the agent, not the execution: its phase will say why. */
    void stopAgent() {
        Sandbox.Running running = current();
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
        ExecutionState before = state();
        if (!before.pauseRequested() && !before.cancelRequested()) {
            return;
        }
        Sandbox.Running held = current();
        if (held != null) {
            held.freeze();
        }
        commands.handle(Execution.AGGREGATE, new ExecutionCommand.Pause(executionId, where), actor);
        look();
        lock.lock();
        try {
            while (state.status() == Status.PAUSED) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        if (held != null && isLive()) {
            held.thaw();
        }
    }

    /** Carries out a command of the runner; whether it was accepted. */
    boolean tell(ExecutionCommand command) {
        Outcome<ExecutionState> outcome = commands.handle(Execution.AGGREGATE, command, actor);
        look();
        return outcome instanceof Outcome.Done;
    }

    private Sandbox.Running current() {
        lock.lock();
        try {
            return agent;
        } finally {
            lock.unlock();
        }
    }
}
