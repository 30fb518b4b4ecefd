package io.fourfold.log;

import java.util.List;
import java.util.Optional;

/**
 * The append-only log: the only truth. Positions become visible in the order of commits, so a reader that has seen
 * position N never later meets one below N.
 */
public interface Log {

    /** Entries in one read, at most. */
    int READ_MAX = 1_000;

    /**
     * Stores a group of appends in one commit; each append is decided on its own, in order, and answered in its place.
     *
     * @throws LogUnavailable when the storage cannot be reached or is full; then nothing of the group is stored, or, if
     *     the failure came at the commit itself, the outcome is unknown and a repeat with the same clock is safe
     */
    List<Receipt> append(List<Append> group);

    /** Entries with a position greater than {@code position}, ascending, at most {@code limit}. */
    List<Entry> after(long position, int limit);

    /** Entries of a thread from version {@code fromVersion} on, ascending, at most {@code limit}. */
    List<Entry> thread(ThreadId thread, long fromVersion, int limit);

    Optional<Entry> find(EntryId id);

    /** The highest position, 0 when the log is empty. */
    long head();
}
