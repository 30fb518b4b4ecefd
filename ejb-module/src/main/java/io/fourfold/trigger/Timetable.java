package io.fourfold.trigger;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Trigger;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What fires by the clock: schedules, and events whose debounce has passed. Rung once a second; several nodes may do
 * so, for a time is met once.
 */
public final class Timetable {

    /** With {@code catch_up: none}: how late a time still fires. */
    static final Duration LATE = Duration.ofSeconds(60);

    /** Between two looks at triggers that have nothing to wait for, for what was fired and not started. */
    static final Duration SWEEP = Duration.ofSeconds(10);

    private final Log log;
    private final EngineConfigs configs;
    private final Firings firings;
    private Instant minute = Instant.MIN;
    private Instant swept = Instant.MIN;

    public Timetable(Log log, EngineConfigs configs, Firings firings) {
        this.log = log;
        this.configs = configs;
        this.firings = firings;
    }

    /** For one thread at a time. */
    public void turn(Instant now) {
        configs.catchUp();
        boolean anotherMinute = !now.truncatedTo(ChronoUnit.MINUTES).equals(minute);
        boolean sweeps = !now.isBefore(swept);
        for (Declared<Trigger> declared : configs.current().triggers()) {
            Trigger trigger = declared.value();
            if (trigger.occasion() instanceof Trigger.Occasion.Due occasion) {
                if (anotherMinute) {
                    times(declared, occasion, now);
                }
            } else if (sweeps || trigger.limits().debounceSeconds() > 0) {
                waiting(declared, now);
            }
            if (sweeps) {
                firings.launch(declared, firings.state(TriggerFirings.idOf(declared.identity())));
            }
        }
        minute = now.truncatedTo(ChronoUnit.MINUTES);
        swept = sweeps ? now.plus(SWEEP) : swept;
    }

    private void times(Declared<Trigger> declared, Trigger.Occasion.Due occasion, Instant now) {
        String id = TriggerFirings.idOf(declared.identity());
        FiringState state = firings.state(id);
        if (state.paused() == null) {
            due(occasion, since(declared, state), now)
                    .forEach(due -> firings.meet(declared, time(declared, due), null));
        }
    }

    /** Times that fire now, ascending; {@code since} is the last that was met, or when it began to count. */
    static List<Instant> due(Trigger.Occasion.Due occasion, Instant since, Instant now) {
        Instant late = now.minus(LATE);
        return switch (occasion.catchUp()) {
            case NONE -> Occurrences.between(occasion.schedule(), since.isBefore(late) ? late : since, now);
            case ONE -> Occurrences.between(occasion.schedule(), since, now, 1);
            case ALL -> Occurrences.between(occasion.schedule(), since, now);
        };
    }

    /** The latest of: the time met last, when it was resumed, when it was defined. */
    private Instant since(Declared<Trigger> declared, FiringState state) {
        Instant defined = log.find(declared.record()).orElseThrow().recordedAt();
        return Stream.of(defined, state.due(), state.resumed())
                .filter(moment -> moment != null)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    static Firing time(Declared<Trigger> declared, Instant due) {
        return new Firing(
                TriggerFirings.idOf(declared.identity()),
                null,
                due,
                0,
                Subjects.SCHEDULE,
                1,
                declared.record().hex(),
                false);
    }

    private void waiting(Declared<Trigger> declared, Instant now) {
        FiringState state = firings.state(TriggerFirings.idOf(declared.identity()));
        for (FiringState.Waiting waiting : state.waiting().values()) {
            FiringEvent.Deferred waits = waiting.deferred();
            if (!now.isBefore(waits.until())) {
                Entry event = log.find(new EntryId(waits.event())).orElseThrow();
                Firing firing = new Firing(
                        waits.trigger(),
                        waits.event(),
                        null,
                        waits.position(),
                        waits.subject(),
                        waits.depth(),
                        waits.definition(),
                        true);
                firings.meet(declared, firing, event);
            }
        }
    }
}
