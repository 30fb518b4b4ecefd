package io.fourfold.dashboard;

import io.fourfold.config.Change;
import io.fourfold.config.Changes;
import io.fourfold.log.Log;
import io.fourfold.query.InvalidQuery;
import io.fourfold.query.Moments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * The moment whose configuration is shown: now, or after one of its changes.
 *
 * @param change the last one that counts, from 1; 0 before the first
 * @param count  of all changes
 * @param past   whether it is not now
 * @param time   UTC, as an input of the browser has it; empty for now
 * @param said   the change, in words
 * @param at     when the change was, or null
 * @param fault  why the time that was asked for is none, or null
 */
public record AsOf(int change, int count, boolean past, String time, String said, Moment at, String fault) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The change wins over the time; what is neither is now. */
    static AsOf of(String change, String time, Changes changes, Log log, Instant now) {
        if (change != null && change.matches("\\d{1,9}")) {
            return at(Integer.parseInt(change), null, null, changes, now);
        }
        if (time == null || time.isBlank()) {
            return at(changes.count(), null, null, changes, now);
        }
        try {
            String zoned = time.endsWith("Z") ? time : time + "Z";
            Instant moment = Moments.instant("time", zoned);
            return at(changes.until(Moments.position(log, moment)), moment, null, changes, now);
        } catch (InvalidQuery noTime) {
            return at(changes.count(), null, noTime.getMessage(), changes, now);
        }
    }

    private static AsOf at(int number, Instant asked, String fault, Changes changes, Instant now) {
        int change = Math.min(number, changes.count());
        boolean past = change < changes.count();
        Optional<Change> last = changes.at(change);
        // To the second, and so rounded up: the change itself is to be in.
        Instant shown = last.map(
                        found -> found.at().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))
                .orElse(null);
        Instant time = asked != null ? asked : past ? shown : null;
        return new AsOf(
                change,
                changes.count(),
                past,
                time == null ? "" : TIME.format(time),
                last.map(AsOf::said).orElse("nothing yet"),
                Moment.of(last.map(Change::at).orElse(null), now),
                fault);
    }

    private static String said(Change change) {
        String deed =
                switch (change.deed()) {
                    case SETS -> "set ";
                    case ENDS -> "ended ";
                    case REFUSED -> "refused ";
                };
        return deed + change.identity().topic() + " " + change.identity().name() + ", by "
                + Words.actor(change.by().value());
    }
}
