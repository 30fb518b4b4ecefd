package io.fourfold.kit;

import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Expect;
import io.fourfold.log.History;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out commands: fold the thread, decide, append what was decided with the thread's length as expectation. When
 * another writer was quicker the decision is taken again on the newer state, at most {@value #TRIES_MAX} times.
 */
public final class Commands {

    static final int TRIES_MAX = 8;

    /** Folds that are kept; those used last. */
    static final int KEPT_MAX = 1_000;

    private final Log log;
    private final Function<Append, Receipt> inlet;
    private final Clock clock;
    private final Map<ThreadId, Folded<?>> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ThreadId, Folded<?>> eldest) {
            return size() > KEPT_MAX;
        }
    });

    public Commands(Log log, Function<Append, Receipt> inlet, Clock clock) {
        this.log = log;
        this.inlet = inlet;
        this.clock = clock;
    }

    public <C, S, E> Outcome<S> handle(Aggregate<C, S, E> aggregate, C command, Did actor) {
        return open(aggregate, aggregate.thread(command), actor).handle(command);
    }

    /** An aggregate as it stands, for several commands of one actor; what was folded is not read again. */
    public <C, S, E> Opened<C, S, E> open(Aggregate<C, S, E> aggregate, ThreadId thread, Did actor) {
        return new Opened<>(this, aggregate, thread, actor, fold(aggregate, thread));
    }

    /** The same for one that is believed to be new: its thread is read only if that turns out to be wrong. */
    public <C, S, E> Opened<C, S, E> begin(Aggregate<C, S, E> aggregate, ThreadId thread, Did actor) {
        return new Opened<>(this, aggregate, thread, actor, Folded.nothing(aggregate));
    }

    /**
     * Carries out steps, each on a thread of its own, with records beside them, in one commit: all or nothing. Returns
     * what was appended, the records beside last; nothing where nothing changes; or the first refusal.
     */
    public Outcome<List<Entry>> together(List<? extends Opened.Step<?, ?, ?>> steps, List<Draft> beside) {
        Refusal last = null;
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            switch (attempt(steps, beside, Map.of())) {
                case Outcome.Done<List<Entry>> done -> {
                    return done;
                }
                case Outcome.Refused<List<Entry>> refused -> last = refused.refusal();
            }
            if (!last.isOvertaken()) {
                break;
            }
            Object overtaken = last.details().get("thread");
            steps.stream()
                    .filter(step -> overtaken == null
                            || overtaken.equals(step.on().thread().value()))
                    .forEach(step -> step.on().refresh());
        }
        return new Outcome.Refused<>(last);
    }

    /** The same once, and only if the threads in {@code seen} are still so long. */
    Outcome<List<Entry>> attempt(
            List<? extends Opened.Step<?, ?, ?>> steps, List<Draft> beside, Map<ThreadId, Long> seen) {
        List<Opened.Written<?, ?>> parts = new ArrayList<>(steps.size());
        for (Opened.Step<?, ?, ?> step : steps) {
            Optional<Refusal> refusal = decide(step, parts);
            if (refusal.isPresent()) {
                return new Outcome.Refused<>(refusal.get());
            }
        }
        return append(parts, beside, seen);
    }

    /** Why a step would be refused now. */
    Optional<Refusal> refusal(Opened.Step<?, ?, ?> step) {
        return decide(step, new ArrayList<>());
    }

    private <C, S, E> Optional<Refusal> decide(Opened.Step<C, S, E> step, List<Opened.Written<?, ?>> parts) {
        Opened<C, S, E> on = step.on();
        if (!step.allowed().test(on.state())) {
            String message = "Expected " + on.thread().value() + " to be as it was";
            return Optional.of(Refusal.of(Refusal.Code.WRONG_STATE, message));
        }
        return switch (on.decide(step.commands(), clock.instant())) {
            case Decision.Refused<E> refused -> Optional.of(refused.refusal());
            case Decision.Accepted<E> accepted -> {
                parts.add(on.written(accepted.events()));
                yield Optional.empty();
            }
        };
    }

    private Outcome<List<Entry>> append(
            List<Opened.Written<?, ?>> parts, List<Draft> beside, Map<ThreadId, Long> seen) {
        List<Draft> drafts = new ArrayList<>();
        Map<ThreadId, Long> lengths = new HashMap<>(seen);
        for (Opened.Written<?, ?> part : parts) {
            drafts.addAll(part.drafts());
            lengths.put(part.on().thread(), part.on().length());
        }
        drafts.addAll(beside);
        if (drafts.isEmpty()) {
            return new Outcome.Done<>(List.of(), List.of());
        }
        return switch (inlet.apply(new Append(drafts, Expect.lengths(lengths)))) {
            case Receipt.Refused refused -> new Outcome.Refused<>(refused.refusal());
            case Receipt.Stored stored -> {
                List<Entry> entries =
                        stored.items().stream().map(Receipt.Item::entry).toList();
                int from = 0;
                for (Opened.Written<?, ?> part : parts) {
                    int to = from + part.drafts().size();
                    part.settle(entries.subList(from, to));
                    from = to;
                }
                yield new Outcome.Done<>(entries, entries);
            }
        };
    }

    /** The state of one aggregate now. */
    public <S, E> S state(Aggregate<?, S, E> aggregate, ThreadId thread) {
        return fold(aggregate, thread).state();
    }

    /** {@code clock} is the highest of the thread, {@code head} its last entry. */
    record Folded<S>(S state, long length, EntryId head, long clock) {
        static <S> Folded<S> nothing(Aggregate<?, S, ?> aggregate) {
            return new Folded<>(aggregate.initial(), 0, null, History.NO_CLOCK);
        }

        Folded<S> with(S next, List<Entry> entries) {
            long highest = clock;
            for (Entry entry : entries) {
                highest = Math.max(highest, entry.draft().clock());
            }
            return entries.isEmpty()
                    ? this
                    : new Folded<>(
                            next, length + entries.size(), entries.getLast().id(), highest);
        }
    }

    private <S, E> Folded<S> fold(Aggregate<?, S, E> aggregate, ThreadId thread) {
        Folded<S> folded = fold(aggregate, thread, kept(aggregate, thread));
        if (aggregate.isLong()) {
            kept.put(thread, folded);
        }
        return folded;
    }

    /** Reads on from an earlier fold. */
    <S, E> Folded<S> fold(Aggregate<?, S, E> aggregate, ThreadId thread, Folded<S> from) {
        Folded<S> folded = from;
        List<Entry> page;
        do {
            page = log.thread(thread, folded.length(), Log.READ_MAX);
            S state = folded.state();
            for (Entry entry : page) {
                S before = state;
                state = aggregate
                        .codec()
                        .read(entry)
                        .map(e -> aggregate.evolve(before, e))
                        .orElse(before);
            }
            folded = folded.with(state, page);
        } while (page.size() == Log.READ_MAX);
        return folded;
    }

    @SuppressWarnings("unchecked") // A thread is of one aggregate: what is kept of it was folded by the same one.
    private <S> Folded<S> kept(Aggregate<?, S, ?> aggregate, ThreadId thread) {
        Folded<?> known = aggregate.isLong() ? kept.get(thread) : null;
        return known == null ? Folded.nothing(aggregate) : (Folded<S>) known;
    }
}
