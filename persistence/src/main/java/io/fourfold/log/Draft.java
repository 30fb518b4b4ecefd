package io.fourfold.log;

import java.util.List;

/**
 * A record before it is stored: eight fields, seven of them hashed ({@code judgedBy} is not).
 *
 * @param parents ascending, without duplicates, at most {@value #PARENTS_MAX}; may name records not stored yet
 * @param clock   strictly increasing per actor and thread, 0 to 2^53-1; null asks the log for the next one
 * @param judgedBy the record that judged this one, or null
 */
public record Draft(
        List<EntryId> parents,
        ThreadId thread,
        Did actor,
        Act act,
        Json body,
        Long clock,
        DataType dataType,
        EntryId judgedBy) {

    public static final int PARENTS_MAX = 256;
    public static final long CLOCK_MAX = (1L << 53) - 1;

    public Draft {
        parents = parents.size() < 2
                ? List.copyOf(parents)
                : parents.stream().sorted().distinct().toList();
        if (parents.size() > PARENTS_MAX) {
            throw new InvalidRecord("parents", "expected at most " + PARENTS_MAX + ", but got " + parents.size());
        }
        if (clock != null && (clock < 0 || clock > CLOCK_MAX)) {
            throw new InvalidRecord("clock", "expected 0 to " + CLOCK_MAX + ", but was " + clock);
        }
    }

    /** A record with no parents, whose clock the log assigns. */
    public static Draft of(ThreadId thread, Did actor, Act act, Json body) {
        return new Draft(List.of(), thread, actor, act, body, null, DataType.SCALAR, null);
    }

    public Draft withClock(long assigned) {
        return new Draft(parents, thread, actor, act, body, assigned, dataType, judgedBy);
    }

    public Draft withParents(List<EntryId> others) {
        return new Draft(others, thread, actor, act, body, clock, dataType, judgedBy);
    }
}
