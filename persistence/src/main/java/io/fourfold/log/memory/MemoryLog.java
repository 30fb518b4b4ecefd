package io.fourfold.log.memory;

import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.History;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Seat;
import io.fourfold.log.Sequencer;
import io.fourfold.log.ThreadId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps every entry in memory; safe for use by many threads. */
public final class MemoryLog implements Log {

    private final Clock clock;
    private final Held held = new Held();

    public MemoryLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<Receipt> append(List<Append> group) {
        Sequencer.Decided decided = Sequencer.decide(group, held, clock.instant());
        decided.fresh().forEach(held::add);
        return decided.receipts();
    }

    @Override
    public synchronized List<Entry> after(long position, int limit) {
        return slice(held.entries, position, limit);
    }

    @Override
    public synchronized List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        return slice(held.threads.getOrDefault(thread, List.of()), fromVersion, limit);
    }

    @Override
    public synchronized Optional<Entry> find(EntryId id) {
        return held.find(id);
    }

    @Override
    public synchronized long head() {
        return held.position();
    }

    private static List<Entry> slice(List<Entry> entries, long from, int limit) {
        long start = Math.max(0, Math.min(from, entries.size()));
        long end = Math.min(entries.size(), start + Math.min(limit, READ_MAX));
        return List.copyOf(entries.subList((int) start, (int) end));
    }

    private static final class Held implements History {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<ThreadId, List<Entry>> threads = new HashMap<>();
        private final Map<Seat, Long> clocks = new HashMap<>();
        private final Map<EntryId, Entry> ids = new HashMap<>();

        private void add(Entry entry) {
            entries.add(entry);
            threads.computeIfAbsent(entry.thread(), thread -> new ArrayList<>()).add(entry);
            clocks.put(
                    new Seat(entry.thread(), entry.draft().actor()),
                    entry.draft().clock());
            ids.put(entry.id(), entry);
        }

        @Override
        public long position() {
            return entries.size();
        }

        @Override
        public Instant recordedAt() {
            return entries.isEmpty()
                    ? Instant.EPOCH
                    : entries.get(entries.size() - 1).recordedAt();
        }

        @Override
        public long length(ThreadId thread) {
            return threads.getOrDefault(thread, List.of()).size();
        }

        @Override
        public long lastClock(ThreadId thread, Did actor) {
            return clocks.getOrDefault(new Seat(thread, actor), NO_CLOCK);
        }

        @Override
        public Optional<Entry> find(EntryId id) {
            return Optional.ofNullable(ids.get(id));
        }
    }
}
