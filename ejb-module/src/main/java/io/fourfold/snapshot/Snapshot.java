package io.fourfold.snapshot;

import io.fourfold.log.Entry;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Threads as they are at one moment, written line by line. They are read twice, for the manifest comes first; what is
 * appended meanwhile is left out.
 */
public final class Snapshot {

    /** Records in one snapshot; a whole instance is a matter of {@code fourfold backup}. */
    public static final int RECORDS_MAX = 200_000;

    private static final int PAGE_RECORDS = 100;

    private record Part(ThreadId thread, long length) {}

    private final Log log;
    private final List<Part> parts = new ArrayList<>();
    private final Manifest manifest;

    private Snapshot(Log log, List<ThreadId> threads, Instant now, String source) {
        this.log = log;
        IdDigest ids = new IdDigest();
        for (ThreadId thread : threads) {
            long before = ids.count();
            each(thread, RECORDS_MAX + 1L - before, entry -> ids.add(entry.id()));
            parts.add(new Part(thread, ids.count() - before));
        }
        this.manifest = new Manifest(
                Manifest.VERSION,
                threads.stream().map(ThreadId::value).toList(),
                ids.count(),
                ids.hex(),
                EntryJson.instant(now),
                source);
    }

    /** Of these threads, in this order; one without records adds nothing. */
    public static Snapshot of(List<ThreadId> threads, Log log, Instant now, String source) {
        return new Snapshot(log, threads.stream().distinct().toList(), now, source);
    }

    public Manifest manifest() {
        return manifest;
    }

    public boolean isTooLarge() {
        return manifest.recordCount() > RECORDS_MAX;
    }

    public void write(Consumer<String> lines) {
        lines.accept(manifest.line());
        parts.forEach(part -> each(part.thread(), part.length(), entry -> lines.accept(EntryJson.of(entry))));
    }

    private void each(ThreadId thread, long length, Consumer<Entry> reader) {
        for (long from = 0; from < length; ) {
            List<Entry> page = log.thread(thread, from, (int) Math.min(PAGE_RECORDS, length - from));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(reader);
            from += page.size();
        }
    }
}
