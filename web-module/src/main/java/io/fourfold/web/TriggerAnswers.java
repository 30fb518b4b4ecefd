package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.Declared;
import io.fourfold.config.Trigger;
import io.fourfold.log.Entry;
import io.fourfold.trigger.FiringEvent;
import io.fourfold.trigger.FiringState;
import io.fourfold.trigger.Tallies;
import io.fourfold.trigger.TriggerFirings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Triggers as they are answered. */
final class TriggerAnswers {

    private TriggerAnswers() {}

    record ListAnswer(List<Shown> triggers, int total, String next) {}

    /**
     * @param thread  where its firings are
     * @param record  the one that defines it
     * @param state   {@code active} or {@code paused}
     * @param running executions of it at this time
     * @param missed  records that its conditions did not hold for, since the server started; {@code failed} of them
     *     could not be evaluated, and {@code own} came from its own executions
     * @param body    its definition
     */
    record Shown(
            String name,
            String namespace,
            String thread,
            String record,
            String source,
            String state,
            String pausedReason,
            Instant lastFiredAt,
            String lastExecution,
            int firedToday,
            BigDecimal costTodayUsd,
            BigDecimal costUsd,
            int running,
            int waiting,
            int failuresInARow,
            long missed,
            long failed,
            long own,
            JsonNode body) {}

    record Registered(String name, String namespace, String record, boolean enabled, JsonNode body) {}

    record Gone(String name, String namespace, String record, boolean removed) {}

    record History(String name, String namespace, List<Past> events, long total, String next) {}

    /** {@code event} is the body of the record, with its kind. */
    record Past(String record, long position, String actor, JsonNode event) {}

    static Shown of(Declared<Trigger> declared, FiringState state, Tallies.Counts counts, Instant now) {
        Optional<FiringEvent.Fired> last = state.lastFired();
        FiringState.Day today = state.on(now);
        return new Shown(
                declared.name(),
                declared.namespace(),
                TriggerFirings.threadOf(TriggerFirings.idOf(declared.identity()))
                        .value(),
                declared.record().hex(),
                declared.body().text("source").orElse("").toLowerCase(Locale.ROOT),
                state.paused() == null ? "active" : "paused",
                state.paused(),
                last.map(FiringEvent.Fired::at).orElse(null),
                last.map(FiringEvent.Fired::execution).orElse(null),
                today.fired(),
                today.costUsd(),
                state.costUsd(),
                state.open().size(),
                state.waiting().size(),
                state.failures(),
                counts.missed(),
                counts.failed(),
                counts.own(),
                declared.body().tree());
    }

    static Past of(Entry entry) {
        return new Past(
                entry.id().hex(),
                entry.position(),
                entry.draft().actor().value(),
                entry.body().tree());
    }
}
