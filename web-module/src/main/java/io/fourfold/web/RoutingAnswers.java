package io.fourfold.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.fourfold.fleet.Fleet;
import io.fourfold.queue.Tags;
import io.fourfold.view.DispatchRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Dispatches as they are answered. */
final class RoutingAnswers {

    private RoutingAnswers() {}

    record ListAnswer(List<Dispatch> dispatches, long total, int page, int pageSize) {}

    record Unrouted(List<Dispatch> unrouted, long total, int page, int pageSize) {}

    /** @param held why it waits though its turn would come; null when nothing holds it */
    record Dispatch(
            String id,
            String record,
            String thread,
            String namespace,
            String goal,
            String status,
            String decidedBy,
            String target,
            String rule,
            String family,
            int attempts,
            String subThread,
            String executionId,
            Boolean success,
            String failureReason,
            String held,
            BigDecimal costUsd,
            long tokensIn,
            long tokensOut,
            Long latencyMs,
            Instant routedAt,
            Instant startedAt,
            Instant deadline,
            Instant completedAt) {}

    record Detail(Dispatch dispatch, @JsonRawValue String trace) {}

    static Dispatch of(DispatchRow row, Fleet fleet) {
        String held = row.status.equals("waiting")
                ? fleet.why(Tags.within(row.namespace)).orElse(null)
                : null;
        return new Dispatch(
                row.id,
                row.record,
                row.thread,
                row.namespace,
                row.goal,
                row.status,
                row.decidedBy,
                row.target,
                row.rule,
                row.family,
                row.attempts,
                row.workThread,
                row.executionId,
                row.success,
                row.failureReason,
                held,
                row.costUsd,
                row.tokensIn,
                row.tokensOut,
                row.latencyMs,
                row.routedAt,
                row.startedAt,
                row.deadline,
                row.completedAt);
    }
}
