package io.fourfold.log;

import java.time.Instant;
import java.util.Optional;

/** What must be known of a log to decide what may be appended to it. */
public interface History {

    /** Clock of an actor that has not yet written to a thread. */
    long NO_CLOCK = -1;

    /** The highest position, 0 when the log is empty. */
    long position();

    /** When the record at the highest position was taken; {@link Instant#EPOCH} when the log is empty. */
    Instant recordedAt();

    /** Entries in a thread: the next one's version. */
    long length(ThreadId thread);

    /** The highest clock of an actor in a thread, {@link #NO_CLOCK} when there is none. */
    long lastClock(ThreadId thread, Did actor);

    /** Asked only for records whose clock is not above {@link #lastClock}. */
    Optional<Entry> find(EntryId id);
}
