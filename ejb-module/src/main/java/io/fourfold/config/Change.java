package io.fourfold.config;

import io.fourfold.log.Did;
import io.fourfold.log.EntryId;
import java.time.Instant;

/**
 * A record of configuration, and what came of it.
 *
 * @param position its place in the log
 * @param priority which of several is asked first; 0 where the topic knows none
 * @param reason   why it was refused; null when it was not
 */
public record Change(
        Identity identity, EntryId record, long position, Did by, Instant at, Deed deed, long priority, String reason) {

    /** What a record does. */
    public enum Deed {
        SETS,
        ENDS,
        REFUSED
    }
}
