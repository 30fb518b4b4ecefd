package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.Reason;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

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
        Control control = new Control(house.commands(), executionId, house.actor());
        Control earlier = running.putIfAbsent(executionId, control);
        while (earlier != null) {
            earlier.awaitEnd();
            control = new Control(house.commands(), executionId, house.actor());
            earlier = running.putIfAbsent(executionId, control);
        }
        run(executionId, control);
    }

    private void run(String executionId, Control control) throws InterruptedException {
        ScheduledFuture<?> poll =
                house.alarms().scheduleWithFixedDelay(control::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        Runnable unhear = house.bell()
                .listen(Execution.threadOf(executionId), () -> house.alarms().execute(control::look));
        try {
            if (begin(executionId, control)) {
                phases(executionId, control);
            }
        } catch (RuntimeException | Error broken) {
            control.tell(new ExecutionCommand.Fail(
                    executionId,
                    control.state().current(),
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
    }

    /** Interrupts all that runs here, because this node goes down; their runners record what is left. */
    public void shutDown() {
        running.forEach((id, control) ->
                control.tell(new ExecutionCommand.Interrupt(id, "the server was stopped while it ran")));
    }

    private boolean begin(String executionId, Control control) {
        return switch (control.state().status()) {
            case NOT_STARTED -> control.tell(new ExecutionCommand.Start(executionId, node));
            case RUNNING, PAUSED -> resumeOrInterrupt(executionId, control);
            case COMPLETED, FAILED, CANCELLED, INTERRUPTED -> false;
        };
    }

    /** A phase under way has lost its agent with the server that ran it; between phases there is nothing to lose. */
    private static boolean resumeOrInterrupt(String executionId, Control control) {
        if (control.state().current() == null) {
            return true;
        }
        control.tell(new ExecutionCommand.Interrupt(executionId, "the server that ran it went away"));
        return false;
    }

    private void phases(String executionId, Control control) throws InterruptedException {
        AtomicLong seq = new AtomicLong(house.lastSeq().applyAsLong(executionId));
        while (control.isLive()) {
            Optional<Phase> next = control.state().next();
            if (next.isEmpty()) {
                control.tell(new ExecutionCommand.Complete(executionId));
                return;
            }
            control.yield("before phase " + next.get().id());
            if (control.isLive() && !new PhaseRun(house, executionId, next.get(), control, seq).run()) {
                return;
            }
        }
    }
}
