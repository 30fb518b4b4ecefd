package io.fourfold.dashboard;

import io.fourfold.log.Entry;
import java.time.Instant;
import java.util.Optional;

/**
 * The record whose trace is shown.
 *
 * @param id       as it was asked for
 * @param actor    who wrote it, in full; null when there is no such record
 * @param dispatch what became of it; null when it was not dispatched
 * @param trace    null when there is none
 * @param none     why there is no trace, or null
 */
public record Chosen(
        String id,
        String title,
        String actor,
        String act,
        Moment written,
        DispatchLine dispatch,
        Trace trace,
        String none) {

    static Chosen unknown(String id) {
        String none = "Expected the id of a record, 64 hexadecimal digits, but none is known by it.";
        return new Chosen(id, id, null, null, null, null, null, none);
    }

    static Chosen of(Entry entry, Optional<DispatchLine> dispatch, Optional<Trace> trace, Instant now) {
        String title = dispatch.map(DispatchLine::title)
                .or(() -> entry.body().text("goal"))
                .orElse(entry.draft().act() + " on " + entry.thread());
        return new Chosen(
                entry.id().hex(),
                title,
                entry.draft().actor().value(),
                entry.draft().act().name(),
                Moment.of(entry.recordedAt(), now),
                dispatch.orElse(null),
                trace.orElse(null),
                trace.isPresent() ? null : "Its turn has not come yet: RECONCILE routes it within seconds.");
    }
}
