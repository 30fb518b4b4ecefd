package io.fourfold.dispatch;

import io.fourfold.kit.EventCodec;
import io.fourfold.routing.RoutingTrace;
import java.time.Instant;
import java.util.Map;

/**
 * What happened to a dispatch. Wire names are in {@link #CODEC}, chosen once; {@code dispatch.started.v1} and {@code
 * dispatch.completed.v1} are what {@link Answers} says of it on the thread of its record.
 */
public sealed interface DispatchEvent {

    EventCodec<DispatchEvent> CODEC = new EventCodec<>(Map.of(
            "dispatch.routed.v1", Routed.class,
            "dispatch.begun.v1", Started.class,
            "dispatch.handed_over.v1", HandedOver.class,
            "dispatch.retrying.v1", Retrying.class,
            "dispatch.finished.v1", Completed.class));

    String dispatchId();

    Instant at();

    record Routed(String dispatchId, Subject subject, RoutingTrace trace, Instant at) implements DispatchEvent {}

    record Started(
            String dispatchId,
            Subject subject,
            String decidedBy,
            String rule,
            long token,
            int attempt,
            String family,
            String target,
            String workThread,
            Instant deadline,
            Instant at)
            implements DispatchEvent {}

    record HandedOver(String dispatchId, String executionId, Instant at) implements DispatchEvent {}

    record Retrying(String dispatchId, String reason, Instant notBefore, Instant at) implements DispatchEvent {}

    /**
     * It is over.
     *
     * @param answer   the record that told so, null when the adapter itself did
     * @param proposal whether it was to find a rule for the record, and not to do what that asks for
     */
    record Completed(
            String dispatchId,
            Subject subject,
            Result result,
            String executionId,
            String answer,
            boolean proposal,
            long latencyMs,
            Instant at)
            implements DispatchEvent {}
}
