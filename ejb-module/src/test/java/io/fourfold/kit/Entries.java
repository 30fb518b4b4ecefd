package io.fourfold.kit;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries as the log would hold them, one after the other, each a second later than the one before. */
public final class Entries {

    public static final Did ALICE = new Did("did:fourfold:user:alice");

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Entry> all = new ArrayList<>();
    private final Map<ThreadId, Long> lengths = new HashMap<>();

    public <E> Entry event(EventCodec<E> codec, ThreadId thread, E event) {
        return add(thread, Act.KNOW, codec.write(event));
    }

    public Entry add(ThreadId thread, Act act, Json body) {
        return add(thread, ALICE, act, body);
    }

    public Entry add(ThreadId thread, Did actor, Act act, Json body) {
        long version = lengths.merge(thread, 1L, Long::sum) - 1;
        Draft draft = Draft.of(thread, actor, act, body).withClock(version);
        long position = all.size() + 1;
        String namespace = body.text("namespace").orElse("default");
        Entry entry = new Entry(position, version, RecordHash.id(draft), draft, namespace, START.plusSeconds(position));
        all.add(entry);
        return entry;
    }

    public List<Entry> all() {
        return List.copyOf(all);
    }
}
