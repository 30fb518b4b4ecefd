package io.fourfold.dispatch;

import io.fourfold.routing.RoutingTrace;
import java.time.Instant;

/** What may be asked of a dispatch. */
public sealed interface DispatchCommand {

    String dispatchId();

    /** A record was routed, or was not. */
    record Route(String dispatchId, Subject subject, RoutingTrace trace) implements DispatchCommand {}

    /**
     * A node begins.
     *
     * @param token    of its claim
     * @param deadline when it is given up
     */
    record Start(String dispatchId, long token, String family, String workThread, Instant deadline)
            implements DispatchCommand {}

    /** The work goes on elsewhere, and its end will be told. {@code executionId} is null where it is no execution. */
    record HandOver(String dispatchId, long token, String executionId) implements DispatchCommand {}

    /** The fault may pass: to be tried again. */
    record Retry(String dispatchId, long token, String reason, Instant notBefore) implements DispatchCommand {}

    /**
     * It is over.
     *
     * @param token    of the claim of the node that carried it out; null when somebody else tells
     * @param answer   the id of the record that told, or null
     */
    record Complete(String dispatchId, Long token, Result result, String answer) implements DispatchCommand {}
}
