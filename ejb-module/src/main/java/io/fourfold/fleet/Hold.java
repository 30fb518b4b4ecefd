package io.fourfold.fleet;

import io.fourfold.log.Did;
import io.fourfold.log.EntryId;
import java.time.Instant;

/**
 * One pause of the intake that is in force: what it covers is accepted and queued, and not begun.
 *
 * @param tag   what it covers, as {@link io.fourfold.queue.Tags} write it: {@code workflow:fix}, {@code all}
 * @param since when the log took the first of the records that say so
 */
public record Hold(String tag, String reason, Instant since, Did by, EntryId record) {

    /** For example {@code intake of workflow fix is paused by did:… since 2026-11-20T06:00:00Z: release}. */
    public String why() {
        String what = tag.replaceFirst(":", " ");
        return "intake of " + what + " is paused by " + by + " since " + since
                + (reason.isEmpty() ? "" : ": " + reason);
    }
}
