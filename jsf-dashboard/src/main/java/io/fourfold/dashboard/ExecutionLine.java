package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import io.fourfold.view.ExecutionRow;
import java.time.Instant;

/**
 * One execution in a list.
 *
 * @param title   what it was asked to do, or the name of its workflow
 * @param percent of its phases that are completed
 * @param since   ISO time from which its duration keeps counting, or null
 */
public record ExecutionLine(
        String id,
        String title,
        String workflowId,
        String workflow,
        Status status,
        String phases,
        int percent,
        String duration,
        String since,
        String tokens,
        int tools,
        String cost,
        Moment queued,
        String reason) {

    static ExecutionLine of(ExecutionRow row, Instant now) {
        boolean counts = row.startedAt != null && !row.isOver();
        return new ExecutionLine(
                row.id,
                title(row),
                row.workflowId,
                row.workflowName,
                Status.of(row.status),
                row.completedPhases + " of " + row.totalPhases,
                row.totalPhases == 0 ? 0 : 100 * row.completedPhases / row.totalPhases,
                Display.duration(Display.between(row.startedAt, row.completedAt, now)),
                counts ? row.startedAt.toString() : null,
                Display.tokens(row.totalTokens()),
                row.toolCalls,
                Display.cost(row.costUsd),
                Moment.of(row.queuedAt, now),
                row.failureReason);
    }

    static String title(ExecutionRow row) {
        return row.task == null || row.task.isBlank() ? row.workflowName : row.task;
    }
}
