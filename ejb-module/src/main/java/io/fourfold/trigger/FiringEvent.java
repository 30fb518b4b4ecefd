package io.fourfold.trigger;

import io.fourfold.kit.EventCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** What happened to a trigger. Wire names are in {@link #CODEC}, chosen once. */
public sealed interface FiringEvent {

    EventCodec<FiringEvent> CODEC = new EventCodec<>(Map.of(
            "trigger.fired.v1", Fired.class,
            "trigger.blocked.v1", Blocked.class,
            "trigger.deferred.v1", Deferred.class,
            "trigger.ended.v1", Ended.class,
            "trigger.paused.v1", Paused.class,
            "trigger.resumed.v1", Resumed.class));

    String trigger();

    Instant at();

    /** {@code execution} is what is started: an execution, or for a target the dispatch. */
    record Fired(
            String trigger,
            String event,
            Instant due,
            long position,
            String subject,
            int depth,
            String definition,
            String execution,
            Instant at)
            implements FiringEvent {}

    /** {@code retryAt} is when that guard would let it pass; null when nobody can say. */
    record Blocked(
            String trigger,
            String event,
            Instant due,
            long position,
            String subject,
            String guard,
            String reason,
            Instant retryAt,
            Instant at)
            implements FiringEvent {}

    /** Another of the same subject before {@code until} takes its place. */
    record Deferred(
            String trigger,
            String event,
            long position,
            String subject,
            int depth,
            String definition,
            Instant until,
            Instant at)
            implements FiringEvent {}

    /**
     * @param outcome {@code completed}, {@code failed}, {@code cancelled} or {@code interrupted}
     * @param costUsd since it last ended, if it was tried again
     * @param version how far what was started had come: of its last record
     */
    record Ended(
            String trigger,
            String execution,
            String outcome,
            BigDecimal costUsd,
            String reason,
            long version,
            Instant at)
            implements FiringEvent {}

    record Paused(String trigger, String reason, Instant at) implements FiringEvent {}

    record Resumed(String trigger, Instant at) implements FiringEvent {}
}
