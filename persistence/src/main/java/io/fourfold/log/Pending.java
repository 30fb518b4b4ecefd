package io.fourfold.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history with entries on top that are decided but not stored. */
final class Pending implements History {

    private final History below;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<ThreadId, Long> lengths = new HashMap<>();
    private final Map<Seat, Long> clocks = new HashMap<>();
    private final Map<EntryId, Entry> known = new HashMap<>();

    Pending(History below) {
        this.below = below;
    }

    void add(Entry entry) {
        entries.add(entry);
        lengths.put(entry.thread(), entry.version() + 1);
        clocks.put(
                new Seat(entry.thread(), entry.draft().actor()), entry.draft().clock());
        known.put(entry.id(), entry);
    }

    List<Entry> entries() {
        return entries;
    }

    @Override
    public long position() {
        return below.position() + entries.size();
    }

    @Override
    public Instant recordedAt() {
        return entries.isEmpty()
                ? below.recordedAt()
                : entries.get(entries.size() - 1).recordedAt();
    }

    @Override
    public long length(ThreadId thread) {
        Long length = lengths.get(thread);
        return length == null ? below.length(thread) : length;
    }

    @Override
    public long lastClock(ThreadId thread, Did actor) {
        Long clock = clocks.get(new Seat(thread, actor));
        return clock == null ? below.lastClock(thread, actor) : clock;
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        Entry entry = known.get(id);
        return entry == null ? below.find(id) : Optional.of(entry);
    }
}
