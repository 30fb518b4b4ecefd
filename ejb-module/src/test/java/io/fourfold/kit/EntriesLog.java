package io.fourfold.kit;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.util.List;
import java.util.Optional;

/** A log that holds what a test made; nothing is appended to it. */
public record EntriesLog(Entries entries) implements Log {

    @Override
    public List<Receipt> append(List<Append> group) {
        throw new UnsupportedOperationException("Entries are added to the entries");
    }

    @Override
    public List<Entry> after(long position, int limit) {
        return entries.all().stream()
                .filter(entry -> entry.position() > position)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        return entries.all().stream()
                .filter(entry -> entry.thread().equals(thread) && entry.version() >= fromVersion)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        return entries.all().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    @Override
    public long head() {
        return entries.all().size();
    }
}
