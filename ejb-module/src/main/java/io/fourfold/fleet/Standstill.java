package io.fourfold.fleet;

import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.DispatchCommand;
import io.fourfold.dispatch.Result;
import io.fourfold.kit.Commands;
import io.fourfold.log.Did;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.ExecutionRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Ends what runs where a freeze says so. A dispatch whose work is an execution ends with that. May be repeated, and on
 * several nodes: what is over is not ended again.
 */
public final class Standstill {

    /** Dispatches, and executions, ended in one turn. */
    public static final int TURN_MAX = 200;

    static final Did ACTOR = new Did("did:fourfold:system:fleet");

    /** What runs now, the oldest first. */
    public interface Running {

        /** Of the namespaces with all below them, or of all for an empty list; those handed over, too. */
        List<DispatchRow> dispatches(List<String> namespaces, int limit);

        /** Held ones, too, of all namespaces. */
        List<ExecutionRow> executions(int limit);
    }

    private final FleetControl control;
    private final Running running;
    private final Commands commands;

    public Standstill(FleetControl control, Running running, Commands commands) {
        this.control = control;
        this.running = running;
        this.commands = commands;
    }

    /** How many there were; nothing is read while nothing has to end. */
    public int turn(Instant now) {
        Fleet fleet = control.current();
        List<String> namespaces = fleet.ending(now);
        return namespaces.isEmpty() ? 0 : dispatches(fleet, namespaces, now) + executions(fleet, now);
    }

    private int dispatches(Fleet fleet, List<String> namespaces, Instant now) {
        List<String> within = namespaces.contains(Freeze.EVERYWHERE) ? List.of() : namespaces;
        int ended = 0;
        for (DispatchRow row : running.dispatches(within, TURN_MAX)) {
            Optional<Freeze> freeze = fleet.ending(row.namespace, now).filter(any -> row.executionId == null);
            if (freeze.isPresent()) {
                Result result = Result.failed(freeze.get().why());
                commands.handle(Dispatch.AGGREGATE, new DispatchCommand.Complete(row.id, null, result, null), ACTOR);
                ended++;
            }
        }
        return ended;
    }

    private int executions(Fleet fleet, Instant now) {
        int ended = 0;
        for (ExecutionRow row : running.executions(TURN_MAX)) {
            Optional<Freeze> freeze = fleet.ending(namespace(row.id), now);
            if (freeze.isPresent()) {
                commands.handle(
                        Execution.AGGREGATE,
                        new ExecutionCommand.Interrupt(row.id, freeze.get().why()),
                        ACTOR);
                ended++;
            }
        }
        return ended;
    }

    private String namespace(String executionId) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(executionId))
                .plan()
                .namespace();
    }
}
