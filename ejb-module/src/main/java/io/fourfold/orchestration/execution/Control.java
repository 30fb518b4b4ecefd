package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What people want of one running execution, and where it takes effect. The thread of the execution says what is
 * wanted; {@link #look} reads it whenever the doorbell rings for it. At a yield point the agent is held or stopped; a
 * command, which has none, anywhere; and an execution that was ended from outside at once. Each phase that runs has a
 * {@link Seat}; the execution is paused when all of them are still.
 */
final class Control {

    private final Commands commands;
    private final Opened<ExecutionCommand, ExecutionState, ExecutionEvent> thread;
    private final BooleanSupplier holds;
    private final int retries;
    private final List<Seat> seats = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Held by who reads the thread or writes to it, and acts on what it says; {@link #changed} is innermost. */
    private final ReentrantLock acting = new ReentrantLock();

    private final Signal changed = new Signal();
    private final String executionId;
    private volatile ExecutionState state;
    private volatile boolean abandoned;
    private volatile boolean lost;

    /** @param holds whether no other node can have taken the execution by now */
    Control(Commands commands, String executionId, Did actor, BooleanSupplier holds) {
        this.holds = holds;
        this.executionId = executionId;
        this.commands = commands;
        this.thread = commands.open(Execution.AGGREGATE, Execution.threadOf(executionId), actor);
        this.state = thread.state();
        this.retries = state.retries();
    }

    ExecutionState state() {
        return state;
    }

    /** Whether the execution still is this runner's to go on with: not over, and not tried again since it was. */
    boolean isLive() {
        return !abandoned && isOurs(state);
    }

    boolean isOurs(ExecutionState now) {
        return !now.status().isOver() && now.retries() == retries;
    }

    /** Another server goes on with it, from where it stands: agents are left as they are. */
    void abandon() {
        abandoned = true;
        seats.forEach(Seat::abandon);
        changed.all();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Reads the thread again and does what it says, unless it holds no more than so many entries and all were seen. */
    void look(long length) {
        acting(() -> {
            if (!abandoned && thread.length() < length) {
                follow(thread.refresh());
            }
        });
    }

    private void follow(ExecutionState now) {
        state = now;
        seats.forEach(seat -> seat.follow(now));
        if (isLive() && now.isAsked() && !seats.isEmpty() && seats.stream().allMatch(Seat::isStill)) {
            pause(seats.getLast().where());
        }
        changed.all();
    }

    private void pause(String where) {
        write(List.of(new ExecutionCommand.Pause(executionId, where)), List.of(), this::isOurs);
        state = thread.state();
        seats.forEach(seat -> seat.follow(state));
    }

    /**
     * A place between phases where the execution may be held or ended. Returns when it may go on, or when it is over.
     *
     * @param where for example {@code before phase plan}
     */
    void yield(String where) throws InterruptedException {
        acting(() -> {
            follow(thread.refresh());
            if (isLive() && state.isAsked()) {
                pause(where);
            }
        });
        awaitResumed();
    }

    /** Returns when the execution is not paused; that may be because it is over. */
    void awaitResumed() throws InterruptedException {
        changed.awaitWhile(() -> isLive() && state.status() == Status.PAUSED);
    }

    /** Lets time pass; whether the execution still is ours then. Ends early when it is not. */
    boolean rest(Duration time) throws InterruptedException {
        changed.rest(time, this::isLive);
        return isLive();
    }

    /** The runner has let go of the execution. */
    void end() {
        ended.countDown();
    }

    CountDownLatch ended() {
        return ended;
    }

    /**
     * Carries out a command of the runner; whether it was accepted. None is once the execution is not ours any more.
     */
    boolean tell(ExecutionCommand command) {
        return tell(List.of(command), List.of());
    }

    /** Carries out several of them one after the other, with what else is written then: all or nothing. */
    boolean tell(List<ExecutionCommand> some, List<Opened.Step<?, ?, ?>> with) {
        return told(some, with, this::isOurs);
    }

    /**
     * Records what an agent came to, though the execution may be over by now: what it cost, it cost. Not when it was
     * tried again meanwhile.
     */
    boolean report(ExecutionCommand.RecordAgentResult result, List<Opened.Step<?, ?, ?>> with) {
        return told(List.of(result), with, now -> now.retries() == retries);
    }

    private boolean told(
            List<ExecutionCommand> some, List<Opened.Step<?, ?, ?>> with, Predicate<ExecutionState> allowed) {
        try {
            return awaitHeld()
                    && Patience.outlast(() -> once(some, with, allowed), () -> !abandoned) instanceof Outcome.Done;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome<List<Entry>> once(
            List<ExecutionCommand> some, List<Opened.Step<?, ?, ?>> with, Predicate<ExecutionState> allowed) {
        acting.lock();
        try {
            Outcome<List<Entry>> outcome = write(some, with, now -> !abandoned && allowed.test(now));
            if (!abandoned) {
                follow(thread.state());
            }
            return outcome;
        } finally {
            acting.unlock();
        }
    }

    private Outcome<List<Entry>> write(
            List<ExecutionCommand> some, List<Opened.Step<?, ?, ?>> with, Predicate<ExecutionState> allowed) {
        List<Opened.Step<?, ?, ?>> all = new ArrayList<>(with);
        all.add(thread.steps(some, allowed));
        return commands.together(all, List.of());
    }

    /** Whether somebody interrupted it, perhaps to have it tried again at once. */
    boolean wasInterrupted() {
        return state.status() == Status.INTERRUPTED || state.retries() != retries;
    }

    /** An agent is gone that another server had started. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** For a phase that begins or goes on, on its thread; to be given back to {@link #leave}. */
    Seat seat() {
        Seat seat = new Seat(this, Thread.currentThread());
        seats.add(seat);
        return seat;
    }

    /** Nothing runs there any more, so that the others alone decide whether all is still. */
    void leave(Seat seat) {
        change(() -> seats.remove(seat));
    }

    /** Changes what runs while nobody acts on it, and then acts on what is wanted of it. */
    void change(Runnable what) {
        acting(() -> {
            what.run();
            if (!abandoned) {
                follow(state);
            }
        });
    }

    private void acting(Runnable what) {
        acting.lock();
        try {
            what.run();
        } finally {
            acting.unlock();
        }
    }

    /** Whether the execution is this node's, for sure: waits until that is known. */
    boolean awaitHeld() throws InterruptedException {
        changed.awaitWhile(() -> !abandoned && !holds.getAsBoolean());
        return !abandoned;
    }

    /** Waits as long as somebody is held there. */
    void awaitLetGo(Seat seat) throws InterruptedException {
        changed.awaitWhile(() -> seat.isWaiting() && !abandoned);
    }
}
