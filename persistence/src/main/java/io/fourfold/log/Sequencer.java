package io.fourfold.log;

import io.fourfold.log.Refusal.Code;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides a group of appends against the history of a log: pure, and the same for every {@link Log}, so that no two can
 * differ. A record that is stored already is found again, whatever its writer expects of the thread by now.
 */
public final class Sequencer {

    /** One receipt per append, in order, and the entries that have yet to be stored, in order of position. */
    public record Decided(List<Receipt> receipts, List<Entry> fresh) {}

    private final Pending group;
    private final Instant now;

    private Sequencer(History history, Instant now) {
        this.group = new Pending(history);
        Instant micros = now.truncatedTo(ChronoUnit.MICROS);
        this.now = micros.isBefore(history.recordedAt()) ? history.recordedAt() : micros;
    }

    public static Decided decide(List<Append> appends, History history, Instant now) {
        Sequencer sequencer = new Sequencer(history, now);
        List<Receipt> receipts = new ArrayList<>(appends.size());
        for (Append append : appends) {
            receipts.add(sequencer.decide(append));
        }
        return new Decided(receipts, sequencer.group.entries());
    }

    private Receipt decide(Append append) {
        // A lone record is refused before it is added, so that nothing need be taken back.
        boolean lone = append.drafts().size() == 1;
        Pending staged = lone ? group : new Pending(group);
        List<Receipt.Item> items = new ArrayList<>(append.drafts().size());
        for (Draft draft : append.drafts()) {
            long last = staged.lastClock(draft.thread(), draft.actor());
            Optional<Entry> stored = stored(draft, last, staged);
            if (stored.isPresent()) {
                items.add(new Receipt.Item(stored.get(), true));
                continue;
            }
            Optional<Refusal> refusal = conflict(draft, last).or(() -> mismatch(append.expect(), draft.thread()));
            if (refusal.isPresent()) {
                return new Receipt.Refused(refusal.get());
            }
            Entry entry = next(draft.clock() == null ? draft.withClock(last + 1) : draft, staged);
            staged.add(entry);
            items.add(new Receipt.Item(entry, false));
        }
        if (!lone) {
            staged.entries().forEach(group::add);
        }
        return new Receipt.Stored(items);
    }

    private static Optional<Entry> stored(Draft draft, long last, History history) {
        return draft.clock() == null || draft.clock() > last ? Optional.empty() : history.find(RecordHash.id(draft));
    }

    private static Optional<Refusal> conflict(Draft draft, long last) {
        long expected = last + 1;
        if (draft.clock() == null ? expected <= Draft.CLOCK_MAX : draft.clock() >= expected) {
            return Optional.empty();
        }
        String was = draft.clock() == null ? "none is left" : "was " + draft.clock();
        String message = "Expected a clock of at least " + expected + " for " + draft.actor() + " in " + draft.thread()
                + ", but " + was;
        return Optional.of(new Refusal(Code.CLOCK_CONFLICT, message, Map.of("expected_min", expected)));
    }

    /** Compared with the thread before this append, whose entries come as one. */
    private Optional<Refusal> mismatch(Expect expect, ThreadId thread) {
        return switch (expect) {
            case Expect.Anything any -> Optional.empty();
            case Expect.Length length -> mismatch(thread, length.entries());
            case Expect.Lengths lengths ->
                Optional.ofNullable(lengths.entries().get(thread)).flatMap(length -> mismatch(thread, length));
        };
    }

    private Optional<Refusal> mismatch(ThreadId thread, long expected) {
        long actual = group.length(thread);
        String message = "Expected " + thread + " to hold " + expected + " entries, but it holds " + actual;
        return actual == expected
                ? Optional.empty()
                : Optional.of(
                        new Refusal(Code.VERSION_CONFLICT, message, Map.of("actual", actual, "expected", expected)));
    }

    private Entry next(Draft draft, History history) {
        String namespace = draft.body().text("namespace").orElse(Entry.DEFAULT_NAMESPACE);
        return new Entry(
                history.position() + 1, history.length(draft.thread()), RecordHash.id(draft), draft, namespace, now);
    }
}
