package io.fourfold.engine;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the log in batches; while a full one is at work, the next is read already. For one thread at a time. */
public final class ReadAhead {

    private final Log log;
    private final int batch;
    private Ahead ahead;

    /** {@code entries} is null when they could not be read. */
    private record Ahead(long after, CompletableFuture<List<Entry>> entries) {}

    /** @param batch entries at most */
    public ReadAhead(Log log, int batch) {
        this.log = log;
        this.batch = batch;
    }

    public List<Entry> after(long position) {
        Ahead next = ahead;
        ahead = null;
        List<Entry> known =
                next != null && next.after() == position ? next.entries().join() : null;
        List<Entry> entries = known == null ? read(position) : known;
        if (entries.size() == batch) {
            long last = entries.getLast().position();
            ahead = new Ahead(
                    last,
                    CompletableFuture.supplyAsync(() -> read(last), Thread::startVirtualThread)
                            .exceptionally(unreadable -> null));
        }
        return entries;
    }

    private List<Entry> read(long position) {
        List<Entry> entries = new ArrayList<>();
        List<Entry> page;
        do {
            long from = entries.isEmpty() ? position : entries.getLast().position();
            page = log.after(from, Math.min(Log.READ_MAX, batch - entries.size()));
            entries.addAll(page);
        } while (page.size() == Log.READ_MAX && entries.size() < batch);
        // Parsed here, and not where it is folded.
        entries.forEach(Entry::kind);
        return entries;
    }
}
