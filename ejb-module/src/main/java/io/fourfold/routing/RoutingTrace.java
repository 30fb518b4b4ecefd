package io.fourfold.routing;

import java.util.List;

/**
 * How a record was routed, step by step.
 *
 * @param record     its id; null for one that is not stored
 * @param skipped    why it is not routed at all, or null
 * @param decidedBy  the step that decided, {@code default} when none did; null when skipped
 * @param target     who is to do it, or null
 * @param rule       the routing rule that decided, or null
 * @param pattern    the pattern that decided, or null
 * @param dispatch   the id of the dispatch that follows, or null
 * @param position   up to which record of the configuration the rules were read
 * @param considered the six steps in order
 */
public record RoutingTrace(
        String record,
        String skipped,
        String decidedBy,
        String target,
        String rule,
        String pattern,
        String dispatch,
        long position,
        List<Considered> considered) {

    /**
     * One step.
     *
     * @param outcome {@code decided}, {@code missed} or {@code not_run}
     * @param why     in words
     * @param micros  how long it took
     */
    public record Considered(String step, String outcome, String why, long micros) {}

    public RoutingTrace {
        considered = List.copyOf(considered);
    }

    /** Whether somebody, or something, is to act on it. */
    public boolean isDispatched() {
        return dispatch != null;
    }
}
