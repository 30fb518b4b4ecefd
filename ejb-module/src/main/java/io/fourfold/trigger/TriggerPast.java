package io.fourfold.trigger;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.TriggerEventRow;
import java.time.Instant;
import java.util.Set;

/** {@code trigger_history}: what each trigger fired and let be; how a firing ended stands in its own row. */
public final class TriggerPast implements Projection<TriggerEventRow> {

    @Override
    public String name() {
        return "trigger_history";
    }

    @Override
    public Class<TriggerEventRow> rowType() {
        return TriggerEventRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return FiringEvent.CODEC
                .read(entry)
                .map(event -> Set.of(key(event, entry)))
                .orElse(Set.of());
    }

    private static String key(FiringEvent event, Entry entry) {
        return switch (event) {
            case FiringEvent.Fired e -> e.trigger() + "/" + e.execution();
            case FiringEvent.Ended e -> e.trigger() + "/" + e.execution();
            case FiringEvent.Blocked e -> e.trigger() + "/" + entry.version();
            case FiringEvent.Deferred e -> e.trigger() + "/" + entry.version();
            case FiringEvent.Paused e -> e.trigger() + "/" + entry.version();
            case FiringEvent.Resumed e -> e.trigger() + "/" + entry.version();
        };
    }

    @Override
    public TriggerEventRow fold(String key, TriggerEventRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        FiringEvent event = FiringEvent.CODEC.read(entry).orElseThrow();
        if (event instanceof FiringEvent.Ended ended) {
            return current == null ? null : ended(current, ended, entry);
        }
        TriggerEventRow row = new TriggerEventRow();
        row.id = key;
        row.trigger = event.trigger();
        row.at = event.at();
        row.position = entry.position();
        row.version = entry.version();
        happened(row, event);
        return row;
    }

    private static TriggerEventRow ended(TriggerEventRow row, FiringEvent.Ended e, Entry entry) {
        row.version = entry.version();
        row.status = e.outcome();
        row.reason = e.reason();
        row.endedAt = e.at();
        row.costUsd = row.costUsd == null ? e.costUsd() : row.costUsd.add(e.costUsd());
        return row;
    }

    private static void happened(TriggerEventRow row, FiringEvent event) {
        switch (event) {
            case FiringEvent.Fired e -> {
                row.execution = e.execution();
                heard(row, "fired", e.event(), e.subject(), e.due());
            }
            case FiringEvent.Blocked e -> {
                row.guard = e.guard();
                row.reason = e.reason();
                heard(row, "blocked", e.event(), e.subject(), e.due());
            }
            case FiringEvent.Deferred e -> heard(row, "deferred", e.event(), e.subject(), e.until());
            case FiringEvent.Ended e -> throw new IllegalStateException("What ended stands where it was fired");
            case FiringEvent.Paused e -> {
                row.status = "paused";
                row.reason = e.reason();
            }
            case FiringEvent.Resumed e -> row.status = "resumed";
        }
    }

    private static void heard(TriggerEventRow row, String status, String event, String subject, Instant due) {
        row.status = status;
        row.event = event;
        row.subject = subject;
        row.due = due;
    }
}
