package io.fourfold.trigger;

import io.fourfold.config.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a schedule is due. A time of the day that a change of clocks leaves out is due once, right after it; one that
 * comes twice is due once, the first time. A schedule whose hour begins with a star names no time of the day and
 * follows the hours as they really pass.
 */
public final class Occurrences {

    /** Times of a schedule in one answer; of more, the latest. */
    public static final int MAX = 100;

    /** What a change of clocks repeats, at most. */
    private static final Duration REPEATED = Duration.ofHours(1);

    private Occurrences() {}

    /** After {@code from}, and at or before {@code to}, ascending; the latest {@code most} of them. */
    static List<Instant> between(Schedule schedule, Instant from, Instant to, int most) {
        TreeSet<Instant> due = new TreeSet<>();
        LocalDateTime wall = latest(schedule, to).plusNanos(1);
        Instant margin = from.minus(REPEATED);
        while (true) {
            Optional<LocalDateTime> before = schedule.before(wall);
            if (before.isEmpty()) {
                break;
            }
            wall = before.get();
            List<Instant> instants = instants(schedule, wall);
            instants.stream().filter(i -> i.isAfter(from) && !i.isAfter(to)).forEach(due::add);
            boolean past = earliest(schedule, wall).isBefore(margin);
            if (past || due.size() > most + REPEATED.toMinutes()) {
                break;
            }
        }
        while (due.size() > most) {
            due.pollFirst();
        }
        return List.copyOf(due);
    }

    public static List<Instant> between(Schedule schedule, Instant from, Instant to) {
        return between(schedule, from, to, MAX);
    }

    /** The latest time on the wall clock that may have been reached: while an hour is repeated, that is its end. */
    private static LocalDateTime latest(Schedule schedule, Instant to) {
        ZoneRules rules = schedule.zone().getRules();
        LocalDateTime wall = LocalDateTime.ofInstant(to, schedule.zone());
        ZoneOffsetTransition change = rules.previousTransition(to.plusNanos(1));
        return change != null && change.isOverlap() && wall.isBefore(change.getDateTimeBefore())
                ? change.getDateTimeBefore()
                : wall;
    }

    private static Instant earliest(Schedule schedule, LocalDateTime wall) {
        return wall.atZone(schedule.zone()).withEarlierOffsetAtOverlap().toInstant();
    }

    private static List<Instant> instants(Schedule schedule, LocalDateTime wall) {
        ZoneRules rules = schedule.zone().getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(wall);
        if (offsets.isEmpty()) {
            return schedule.isOfAnyHour()
                    ? List.of()
                    : List.of(rules.getTransition(wall).getInstant());
        }
        return offsets.stream()
                .limit(schedule.isOfAnyHour() ? offsets.size() : 1)
                .map(wall::toInstant)
                .toList();
    }
}
