package io.fourfold.engine;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Takes nothing while the disk of the database is all but full. PostgreSQL dies when it cannot write its journal, and
 * reads
 * with it; so the last of the room is left to it.
 */
public final class SparingLog implements Log {

    /** Left free: four segments of the journal. */
    public static final long RESERVE_BYTES = 64L * 1024 * 1024;

    private final Log log;
    private final LongSupplier freeBytes;

    public SparingLog(Log log, LongSupplier freeBytes) {
        this.log = log;
        this.freeBytes = freeBytes;
    }

    @Override
    public List<Receipt> append(List<Append> group) {
        long free = freeBytes.getAsLong();
        if (free < RESERVE_BYTES) {
            String message = "Expected " + RESERVE_BYTES + " bytes to be free under the database, but it is " + free;
            throw new LogUnavailable(message, true, null);
        }
        return log.append(group);
    }

    @Override
    public List<Entry> after(long position, int limit) {
        return log.after(position, limit);
    }

    @Override
    public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        return log.thread(thread, fromVersion, limit);
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        return log.find(id);
    }

    @Override
    public long head() {
        return log.head();
    }
}
