package io.fourfold.dispatch;

import io.fourfold.routing.RoutingTrace;
import java.time.Instant;

/**
 * A dispatch, folded from its events.
 *
 * @param subject null while nothing was routed under this id
 * @param trace   who decided, and who is to do it
 * @param token   of the claim it was last begun with
 */
public record DispatchState(
        Status status,
        Subject subject,
        RoutingTrace trace,
        long token,
        int attempts,
        String workThread,
        String executionId,
        Instant routedAt) {

    static final DispatchState NONE = new DispatchState(Status.ABSENT, null, null, 0, 0, null, null, null);

    /** Where a dispatch stands. */
    public enum Status {
        ABSENT,
        /** Nobody was found to do it: it is left to people. */
        UNROUTED,
        /** In the queue, for the first time or again. */
        WAITING,
        RUNNING,
        /** Its work goes on elsewhere: an execution, a person. */
        HANDED_OVER,
        SUCCEEDED,
        FAILED;

        public boolean isOver() {
            return this == SUCCEEDED || this == FAILED;
        }
    }

    /** Null when nobody is to do it. */
    public String target() {
        return trace.target();
    }

    DispatchState at(Status next) {
        return new DispatchState(next, subject, trace, token, attempts, workThread, executionId, routedAt);
    }

    DispatchState started(long by, String thread) {
        return new DispatchState(Status.RUNNING, subject, trace, by, attempts + 1, thread, executionId, routedAt);
    }

    DispatchState handedOver(String execution) {
        return new DispatchState(Status.HANDED_OVER, subject, trace, token, attempts, workThread, execution, routedAt);
    }
}
