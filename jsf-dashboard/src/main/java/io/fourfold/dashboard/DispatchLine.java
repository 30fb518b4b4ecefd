package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import io.fourfold.view.DispatchRow;
import java.time.Duration;
import java.time.Instant;

/**
 * One dispatch in a list.
 *
 * @param link   to this page with its trace
 * @param again  to the form that asks where it would go now
 * @param target who does it, briefly; null when it is left to people
 * @param did    who does it, in full
 */
public record DispatchLine(
        String id,
        String record,
        String title,
        String thread,
        Status status,
        String decidedBy,
        String target,
        String did,
        String executionId,
        String reason,
        String cost,
        String latency,
        Moment routed,
        String link,
        String again,
        boolean chosen) {

    static DispatchLine of(DispatchRow row, DispatchQuery query, Instant now) {
        return new DispatchLine(
                row.id,
                row.record,
                row.goal == null || row.goal.isBlank() ? "a record without a goal" : row.goal,
                row.thread,
                DispatchQuery.status(row.status),
                Words.title(row.decidedBy),
                row.target == null ? null : Words.actor(row.target),
                row.target,
                row.executionId,
                row.failureReason,
                Display.cost(row.costUsd),
                row.latencyMs == null ? "—" : Display.duration(Duration.ofMillis(row.latencyMs)),
                Moment.of(row.routedAt, now),
                query.withRecord(row.record).link() + "#trace",
                Address.of("routing.xhtml").with("like", row.record) + "#where",
                row.record.equals(query.record()));
    }
}
