package io.fourfold.web;

import io.fourfold.line.WaitingLine;
import io.fourfold.line.Why;
import io.fourfold.orchestration.execution.Deadline;
import io.fourfold.view.ExecutionRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who waits for a runner and why, and until when one has. */
final class QueueAnswers {

    private QueueAnswers() {}

    /**
     * @param position   in line, from 1
     * @param reason     frozen, held, backoff, no_executor, concurrency, limit, or next when nothing is in its way
     * @param executions those it waits for
     */
    record Waiting(int position, String key, String reason, String message, List<String> executions) {}

    /** {@code at} is null while the phase is paused: then its clock stands still. */
    record PhaseDeadline(String phaseId, Instant at, long leftSeconds) {}

    record Queue(List<Queued> queue, int running, int limit) {}

    record Queued(
            String workflowExecutionId,
            String workflowId,
            String workflowName,
            Instant queuedAt,
            int position,
            String key,
            String reason,
            String message,
            List<String> executions) {}

    /** {@code rows} are those that the list of executions knows by now. */
    static Queue queue(WaitingLine.Shown shown, Map<String, ExecutionRow> rows) {
        List<Queued> waiting = shown.waiting().stream()
                .map(place -> queued(place, rows.get(place.executionId())))
                .toList();
        return new Queue(waiting, shown.running(), shown.limit());
    }

    private static Queued queued(WaitingLine.Place place, ExecutionRow row) {
        return new Queued(
                place.executionId(),
                row == null ? null : row.workflowId,
                row == null ? null : row.workflowName,
                row == null ? null : row.queuedAt,
                place.position(),
                place.key(),
                place.why().code().wire(),
                place.why().words(),
                place.why().executions());
    }

    /** Null for null. */
    static Waiting waiting(WaitingLine.Place place) {
        if (place == null) {
            return null;
        }
        Why why = place.why();
        return new Waiting(place.position(), place.key(), why.code().wire(), why.words(), why.executions());
    }

    /** What people hold it up with; null when they do not. */
    static String held(WaitingLine.Place place) {
        return place == null || !place.why().isHeldUp() ? null : place.why().words();
    }

    static PhaseDeadline deadline(Deadline deadline) {
        return new PhaseDeadline(deadline.phaseId(), deadline.at(), deadline.leftSeconds());
    }
}
