package io.fourfold.permission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns denials into records without letting anybody fill the log: the first of an actor, a rule and a place is one at
 * once; those that follow are counted, and told in one record at the end of each minute. Of more than
 * {@value #KINDS_MAX} such kinds within a minute the rest is counted together, so that a minute has at most one record
 * more than that, on each node. A crash loses the counts of its last minute.
 */
public final class Denials {

    public static final Duration WINDOW = Duration.ofMinutes(1);

    /** Actor, rule and place, told apart at once. */
    public static final int KINDS_MAX = 100;

    private record Kind(String actor, String rule, String place) {}

    private static final class Count {
        private final Denial first;
        private Instant until;
        private long more;

        private Count(Denial first, Instant until) {
            this.first = first;
            this.until = until;
        }
    }

    private static final Kind REST = new Kind("", "", "");

    private final Map<Kind, Count> counts = new LinkedHashMap<>();

    /** The record to write now, if any. */
    public synchronized Optional<Denial> heard(Subject subject, String rule, Instant now) {
        Kind kind = new Kind(subject.actor().value(), rule, subject.place());
        Count known = counts.get(kind);
        if (known != null) {
            known.more++;
            return Optional.empty();
        }
        if (counts.size() < KINDS_MAX) {
            Denial first = new Denial(subject, rule, 1);
            counts.put(kind, new Count(first, now.plus(WINDOW)));
            return Optional.of(first);
        }
        counts.computeIfAbsent(REST, all -> new Count(new Denial(null, null, 0), now.plus(WINDOW))).more++;
        return Optional.empty();
    }

    /** The records to write now of what was counted; what nothing was added to within its minute is forgotten. */
    public synchronized List<Denial> due(Instant now) {
        List<Denial> due = new ArrayList<>();
        for (Iterator<Count> each = counts.values().iterator(); each.hasNext(); ) {
            Count count = each.next();
            if (count.until.isAfter(now)) {
                continue;
            }
            if (count.more == 0) {
                each.remove();
            } else {
                due.add(new Denial(count.first.subject(), count.first.rule(), count.more));
                count.more = 0;
                count.until = now.plus(WINDOW);
            }
        }
        return due;
    }
}
