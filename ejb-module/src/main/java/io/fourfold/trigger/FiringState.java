package io.fourfold.trigger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trigger's history, folded from its events.
 *
 * @param paused    why; null while it is active
 * @param position  of the latest record that was met
 * @param due       the latest time of its schedule that was met; null before the first
 * @param resumed   when it last was; null when never
 * @param runs      what was started, by execution: all that runs, and the latest {@value #OVER_MAX} that are over
 * @param subjects  the latest {@value #SUBJECTS_MAX}
 * @param waiting   by subject: what waits for its debounce to pass
 * @param day       the latest day on which anything was fired or paid
 * @param costUsd   altogether
 * @param failures  in a row, until now
 * @param recent    when it fired within {@link #RECENT} of the last time
 */
public record FiringState(
        String paused,
        long position,
        Instant due,
        Instant resumed,
        Map<String, Run> runs,
        Map<String, Tried> subjects,
        Map<String, Waiting> waiting,
        Day day,
        BigDecimal costUsd,
        int failures,
        List<Instant> recent) {

    static final int OVER_MAX = 100;
    static final int SUBJECTS_MAX = 1_000;
    static final Duration RECENT = Duration.ofSeconds(60);

    static final FiringState NONE = new FiringState(
            null,
            0,
            null,
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            Day.none(LocalDate.EPOCH),
            BigDecimal.ZERO,
            0,
            List.of());

    /** What a firing started. {@code version} is of its last record at its latest end, negative before the first. */
    public record Run(FiringEvent.Fired fired, boolean open, long version, BigDecimal costUsd) {}

    /** How often a subject led to a firing, and when it last did. */
    public record Tried(int times, Instant last) {}

    public record Waiting(FiringEvent.Deferred deferred) {}

    /** A day, UTC. */
    public record Day(LocalDate date, int fired, BigDecimal costUsd) {
        static Day none(LocalDate date) {
            return new Day(date, 0, BigDecimal.ZERO);
        }
    }

    public Day on(Instant now) {
        LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return date.equals(day.date()) ? day : Day.none(date);
    }

    public List<Run> open() {
        return runs.values().stream().filter(Run::open).toList();
    }

    public Optional<FiringEvent.Fired> lastFired() {
        FiringEvent.Fired last = null;
        for (Run run : runs.values()) {
            last = last == null || last.at().isBefore(run.fired().at()) ? run.fired() : last;
        }
        return Optional.ofNullable(last);
    }

    /** Whether an event was met before: records are met in the order of the log, times in their own. */
    boolean knows(Firing firing) {
        if (firing.settled()) {
            Waiting waits = waiting.get(firing.subject());
            return waits == null || !waits.deferred().event().equals(firing.event());
        }
        return firing.due() == null
                ? firing.position() <= position
                : due != null && !firing.due().isAfter(due);
    }

    FiringState fired(FiringEvent.Fired e) {
        Day today = on(e.at());
        Instant moment = e.due() == null ? e.at() : e.due();
        Map<String, Tried> tried = new LinkedHashMap<>(subjects);
        Tried before = tried.remove(e.subject());
        tried.put(e.subject(), new Tried(before == null ? 1 : before.times() + 1, moment));
        trim(tried, SUBJECTS_MAX);
        List<Instant> lately = new ArrayList<>(recent);
        lately.removeIf(earlier -> !earlier.isAfter(e.at().minus(RECENT)));
        lately.add(e.at());
        FiringState met = met(e.position(), e.due(), e.subject(), e.event());
        return new FiringState(
                met.paused,
                met.position,
                met.due,
                resumed,
                with(runs, e.execution(), new Run(e, true, -1, BigDecimal.ZERO)),
                Collections.unmodifiableMap(tried),
                met.waiting,
                new Day(today.date(), today.fired() + 1, today.costUsd()),
                costUsd,
                failures,
                List.copyOf(lately));
    }

    /** After an event: no earlier one is met again, and if this one waited, it does no longer. */
    FiringState met(long position, Instant due, String subject, String event) {
        Map<String, Waiting> still = new LinkedHashMap<>(waiting);
        still.computeIfPresent(subject, (s, w) -> w.deferred().event().equals(event) ? null : w);
        return new FiringState(
                paused,
                Math.max(this.position, position),
                due == null ? this.due : due,
                resumed,
                runs,
                subjects,
                Collections.unmodifiableMap(still),
                day,
                costUsd,
                failures,
                recent);
    }

    FiringState deferred(FiringEvent.Deferred e) {
        FiringState met = met(e.position(), null, e.subject(), e.event());
        return met.with(with(met.waiting, e.subject(), new Waiting(e)));
    }

    private FiringState with(Map<String, Waiting> others) {
        return new FiringState(paused, position, due, resumed, runs, subjects, others, day, costUsd, failures, recent);
    }

    /** Of cancelled and interrupted ones nobody knows whether they would have failed: they leave the row as it is. */
    FiringState ended(FiringEvent.Ended e) {
        Run run = runs.get(e.execution());
        Day today = on(e.at());
        Map<String, Run> after = new LinkedHashMap<>(runs);
        after.put(
                e.execution(),
                new Run(run.fired(), false, e.version(), run.costUsd().add(e.costUsd())));
        long over = after.values().stream().filter(r -> !r.open()).count();
        for (Iterator<Run> oldest = after.values().iterator(); over > OVER_MAX; ) {
            if (!oldest.next().open()) {
                oldest.remove();
                over--;
            }
        }
        int row =
                switch (e.outcome()) {
                    case TriggerFirings.FAILED -> failures + 1;
                    case TriggerFirings.COMPLETED -> 0;
                    default -> failures;
                };
        return new FiringState(
                paused,
                position,
                due,
                resumed,
                Collections.unmodifiableMap(after),
                subjects,
                waiting,
                new Day(today.date(), today.fired(), today.costUsd().add(e.costUsd())),
                costUsd.add(e.costUsd()),
                row,
                recent);
    }

    /** What waited is forgotten: a paused trigger meets nothing. */
    FiringState paused(String reason) {
        return new FiringState(
                reason, position, due, resumed, runs, subjects, Map.of(), day, costUsd, failures, recent);
    }

    FiringState resumed(Instant at) {
        return new FiringState(null, position, due, at, runs, subjects, waiting, day, costUsd, 0, recent);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableMap(copy);
    }

    private static void trim(Map<String, ?> map, int most) {
        Iterator<String> oldest = map.keySet().iterator();
        while (map.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }
}
