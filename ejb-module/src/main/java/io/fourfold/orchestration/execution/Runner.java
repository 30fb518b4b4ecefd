package io.fourfold.orchestration.execution;

import io.fourfold.log.LogUnavailable;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries executions from where they stand to their end, phase by phase. Whatever happens here ends in a record: an
 * execution that this node took on is never left running without a runner.
 */
public final class Runner {

    /** How often the thread is read again, should a ring have been missed. */
    static final int LOOK_SECONDS = 1;

    private final House house;
    private final String node;
    private final ConcurrentMap<String, Control> running = new ConcurrentHashMap<>();
    private volatile Instant ours = Instant.MAX;

    /** {@code node} names this server in records and leases. */
    public Runner(House house, String node) {
        this.house = house;
        this.node = node;
    }

    /**
     * Runs one execution on the calling thread until it is over. Waits when this node still is busy with its end: it
     * was tried again quickly.
     */
    public void run(String executionId) throws InterruptedException {
        Control control = new Control(house.commands(), executionId, house.actor(), this::holds);
        Control earlier = running.putIfAbsent(executionId, control);
        while (earlier != null) {
            earlier.ended().await();
            control = new Control(house.commands(), executionId, house.actor(), this::holds);
            earlier = running.putIfAbsent(executionId, control);
        }
        run(executionId, control);
    }

    private void run(String executionId, Control control) throws InterruptedException {
        Lookout lookout = new Lookout(control, house.alarms());
        ScheduledFuture<?> poll =
                house.alarms().scheduleWithFixedDelay(lookout::now, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        Runnable unhear = house.bell().listen(Execution.threadOf(executionId), lookout::soon);
        try {
            if (begin(executionId, control)) {
                phases(executionId, control);
            }
        } catch (InterruptedException stopped) {
            if (!control.isAbandoned()) {
                throw stopped;
            }
        } catch (LogUnavailable unreachable) {
            throw unreachable;
        } catch (RuntimeException | Error broken) {
            control.tell(new ExecutionCommand.Fail(
                    executionId,
                    control.state().current().stream().findFirst().orElse(null),
                    Reason.WORKSPACE,
                    null,
                    String.valueOf(broken.getMessage())));
            throw broken;
        } finally {
            unhear.run();
            poll.cancel(false);
            running.remove(executionId);
            control.end();
        }
        if (control.isLost() && control.state().retries() < house.lostRetriesMax()) {
            house.commands().handle(Execution.AGGREGATE, new ExecutionCommand.Retry(executionId), house.actor());
        }
    }

    /**
     * Nobody uses a workspace any more, and it is about to be taken away: its end is on record from here on, and if its
     * execution was ended while nobody ran it, what that cost.
     */
    public void bury(String executionId, String workspaceId) throws InterruptedException {
        Control control = new Control(house.commands(), executionId, house.actor(), () -> true);
        ExecutionState state = control.state();
        if (!running.containsKey(executionId)) {
            Burial burial = new Burial(house, executionId, control);
            if (state.status().isOver()) {
                burial.all();
            } else {
                burial.left();
            }
        }
        house.tell(Workspace.AGGREGATE, new Workspace.Command.Destroy(workspaceId));
    }

    /**
     * Until then no other node takes what runs here. After it, agents wait before their next line is taken, until this
     * is said again or {@link #letGo}: a node that was silent for long may have lost them and not know it yet.
     */
    public void holdsUntil(Instant time) {
        ours = time;
    }

    private boolean holds() {
        return house.clock().instant().isBefore(ours);
    }

    /** Another node has these now: leaves them as they are. */
    public void letGo(Collection<String> executionIds) {
        executionIds.forEach(id -> {
            Control control = running.get(id);
            if (control != null) {
                control.abandon();
            }
        });
    }

    /**
     * This node goes down. With no time it leaves all that runs as it is, and the server that starts next goes on with
     * it; else it interrupts what runs, which has that long to keep what it left.
     */
    public void stop(Duration most) {
        try {
            if (most.isZero()) {
                leave();
            } else {
                shutDown(most);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves all that runs here as it is. */
    void leave() {
        letGo(List.copyOf(running.keySet()));
    }

    /** Interrupts all that runs here, because this node goes down, and waits until what is left of it was kept. */
    void shutDown(Duration most) throws InterruptedException {
        List<Control> ending = new ArrayList<>();
        running.forEach((id, control) -> {
            ending.add(control);
            control.tell(new ExecutionCommand.Interrupt(id, "the server was stopped while it ran"));
        });
        long until = System.nanoTime() + most.toNanos();
        for (Control control : ending) {
            control.ended().await(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private boolean begin(String executionId, Control control) throws InterruptedException {
        new Burial(house, executionId, control).left();
        return switch (control.state().status()) {
            // An answer may be lost whose question was heard.
            case NOT_STARTED ->
                control.tell(new ExecutionCommand.Start(executionId, node))
                        || control.state().status() == Status.RUNNING;
            case RUNNING, PAUSED -> true;
            case COMPLETED, FAILED, CANCELLED, INTERRUPTED -> false;
        };
    }

    private void phases(String executionId, Control control) throws InterruptedException {
        Numbers numbers = Numbers.of(house, executionId, control.state());
        Purse purse = new Purse(control);
        Gate gate = new Gate(house, executionId, control);
        while (control.isLive()) {
            List<Phase> wave = control.state().wave();
            if (wave.isEmpty()) {
                control.tell(new ExecutionCommand.Complete(executionId));
                return;
            }
            List<Phase> due = gate.open(wave);
            if (control.isLive()
                    && !together(due.stream()
                            .map(phase -> new PhaseRun(house, executionId, phase, control, numbers, purse))
                            .toList())) {
                return;
            }
        }
    }

    /** Whether all of them let the execution go on. */
    private static boolean together(List<PhaseRun> runs) throws InterruptedException {
        if (runs.size() == 1) {
            return runs.getFirst().run();
        }
        AtomicReference<Throwable> broken = new AtomicReference<>();
        AtomicLong refused = new AtomicLong();
        List<Thread> threads = runs.stream()
                .map(run -> Thread.ofVirtual().name("phase beside others").start(() -> {
                    try {
                        if (!run.run()) {
                            refused.incrementAndGet();
                        }
                    } catch (InterruptedException | RuntimeException | Error failure) {
                        broken.compareAndSet(null, failure);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        switch (broken.get()) {
            case null -> {
                return refused.get() == 0;
            }
            case InterruptedException stopped -> throw stopped;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable impossible -> throw new IllegalStateException(impossible);
        }
    }
}
