package io.fourfold.door;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.util.List;
import java.util.Optional;

/** Is empty and takes nothing. */
record BrokenLog(RuntimeException failure) implements Log {

    @Override
    public List<Receipt> append(List<Append> group) {
        throw failure;
    }

    @Override
    public List<Entry> after(long position, int limit) {
        return List.of();
    }

    @Override
    public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        return List.of();
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        return Optional.empty();
    }

    @Override
    public long head() {
        return 0;
    }
}
