package io.fourfold.dispatch;

import io.fourfold.kit.Commands;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.view.DispatchRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Ends what was handed over and is not over in time, with the execution that does it. */
public final class Overdue {

    /** Dispatches ended in one turn. */
    public static final int TURN_MAX = 100;

    /** Those handed over whose deadline is before a time. */
    public interface Late {
        List<DispatchRow> before(Instant time, int limit);
    }

    private final Late late;
    private final Commands commands;

    public Overdue(Late late, Commands commands) {
        this.late = late;
        this.commands = commands;
    }

    /** How many there were. */
    public int turn(Instant now) {
        List<DispatchRow> rows = late.before(now, TURN_MAX);
        for (DispatchRow row : rows) {
            long seconds = Duration.between(row.startedAt, row.deadline).toSeconds();
            String reason = "timeout: it was not over within " + seconds + " s";
            Result result = Result.failed(reason);
            commands.handle(
                    Dispatch.AGGREGATE, new DispatchCommand.Complete(row.id, null, result, null), Dispatcher.ACTOR);
            if (row.executionId != null) {
                commands.handle(
                        Execution.AGGREGATE,
                        new ExecutionCommand.Cancel(row.executionId, reason, true),
                        Dispatcher.ACTOR);
            }
        }
        return rows.size();
    }
}
