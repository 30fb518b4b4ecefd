package io.fourfold.trigger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a trigger makes of an event, step by step.
 *
 * @param event    the id of the record; null for one that is not stored, or a time of a schedule
 * @param outcome  {@code fires}, {@code blocked}, {@code deferred}, {@code missed}, {@code own}, {@code paused} or
 *     {@code not_heard}
 * @param depth    of triggers in a row, this one included
 * @param own      whether the event comes from its own executions, and it does not listen to those
 * @param guards   all of them, in order, each with what it says, whatever those before it said
 * @param inputs   what would be given to what is started
 * @param decided  what was recorded when the event was met, and on which state guards are asked here; null when nothing
 *     was
 */
public record Explanation(
        String trigger,
        String event,
        String outcome,
        String pausedReason,
        String subject,
        int depth,
        boolean own,
        boolean heard,
        String match,
        List<Condition> conditions,
        Hearing.Evaluated expression,
        List<Guard> guards,
        Map<String, String> inputs,
        Decided decided) {

    public record Condition(String field, String operator, boolean holds, Object was) {}

    /** {@code verdict} is {@code pass}, {@code block} or {@code wait}. */
    public record Guard(String guard, String verdict, String reason, Instant retryAt, boolean pauses) {}

    /** {@code record} is on the trigger's thread. */
    public record Decided(
            String outcome,
            String record,
            Instant at,
            String execution,
            String guard,
            String reason,
            Instant retryAt) {}
}
