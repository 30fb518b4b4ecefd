package io.fourfold.config;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.util.List;
import java.util.Optional;

/** A log whose reads of threads stop going well after a while; negative for never. */
final class FailingLog implements Log {

    private final Log log;
    int readsUntilFailure = -1;

    FailingLog(Log log) {
        this.log = log;
    }

    @Override
    public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        if (readsUntilFailure == 0) {
            throw new IllegalStateException("away");
        }
        readsUntilFailure--;
        return log.thread(thread, fromVersion, limit);
    }

    @Override
    public List<Receipt> append(List<Append> group) {
        return log.append(group);
    }

    @Override
    public List<Entry> after(long position, int limit) {
        return log.after(position, limit);
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
