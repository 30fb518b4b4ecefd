package io.fourfold.dashboard;

import io.fourfold.log.Entry;
import java.time.Instant;
import java.util.Set;

/**
 * Something that happened to an execution.
 *
 * @param what   the event, in words
 * @param phase  the phase it happened to, or empty
 * @param tone   {@code failed} or {@code record}
 * @param record the id of the record that says so
 */
public record Activity(Moment at, String executionId, String what, String phase, String tone, String record) {

    /** The steps within a phase, which only its own page shows. */
    private static final Set<String> STEPS = Set.of("workspace ready", "agent finished", "artifacts collected");

    static boolean matters(String kind) {
        return kind.startsWith("execution.") && !STEPS.contains(Words.kind(kind));
    }

    static Activity of(Entry entry, Instant now) {
        return new Activity(
                Moment.of(entry.recordedAt(), now),
                entry.body().text("execution_id").orElse(""),
                Words.kind(entry.kind()),
                entry.body().text("phase_id").orElse(""),
                entry.kind().startsWith("execution.failed.") ? "failed" : "record",
                entry.id().hex());
    }
}
