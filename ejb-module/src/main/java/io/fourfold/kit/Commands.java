package io.fourfold.kit;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Expect;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Refusal last = null;
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            Folded<S> folded = fold(aggregate, aggregate.thread(command));
            switch (aggregate.decide(command, folded.state(), clock.instant())) {
                case Decision.Refused<E> refused -> {
                    return new Outcome.Refused<>(refused.refusal());
                }
                case Decision.Accepted<E> accepted -> {
                    if (accepted.events().isEmpty()) {
                        return new Outcome.Done<>(folded.state(), List.of());
                    }
                    switch (append(aggregate, aggregate.thread(command), folded, accepted.events(), actor)) {
                        case Receipt.Stored stored -> {
                            return done(aggregate, folded.state(), accepted.events(), stored);
                        }
                        case Receipt.Refused refused -> last = refused.refusal();
                    }
                    if (last.code() != Refusal.Code.VERSION_CONFLICT) {
                        return new Outcome.Refused<>(last);
                    }
                }
            }
        }
        return new Outcome.Refused<>(last);
    }

    /** The state of one aggregate now. */
    public <S, E> S state(Aggregate<?, S, E> aggregate, ThreadId thread) {
        return fold(aggregate, thread).state();
    }

    private record Folded<S>(S state, long length, EntryId head) {}

    private <S, E> Folded<S> fold(Aggregate<?, S, E> aggregate, ThreadId thread) {
        Folded<S> from = kept(aggregate, thread);
        S state = from.state();
        long length = from.length();
        EntryId head = from.head();
        List<Entry> page;
        do {
            page = log.thread(thread, length, Log.READ_MAX);
            for (Entry entry : page) {
                S before = state;
                state = aggregate
                        .codec()
                        .read(entry)
                        .map(e -> aggregate.evolve(before, e))
                        .orElse(before);
                head = entry.id();
            }
            length += page.size();
        } while (page.size() == Log.READ_MAX);
        Folded<S> folded = new Folded<>(state, length, head);
        if (aggregate.isLong()) {
            kept.put(thread, folded);
        }
        return folded;
    }

    @SuppressWarnings("unchecked") // A thread is of one aggregate: what is kept of it was folded by the same one.
    private <S> Folded<S> kept(Aggregate<?, S, ?> aggregate, ThreadId thread) {
        Folded<?> known = aggregate.isLong() ? kept.get(thread) : null;
        return known == null ? new Folded<>(aggregate.initial(), 0, null) : (Folded<S>) known;
    }

    private <S, E> Receipt append(
            Aggregate<?, S, E> aggregate, ThreadId thread, Folded<S> folded, List<E> events, Did actor) {
        List<EntryId> parents = folded.head() == null ? List.of() : List.of(folded.head());
        List<Draft> drafts = new ArrayList<>();
        for (E event : events) {
            drafts.add(Draft.of(thread, actor, Act.KNOW, aggregate.codec().write(event))
                    .withParents(parents));
        }
        return inlet.apply(new Append(drafts, Expect.length(folded.length())));
    }

    private static <S, E> Outcome<S> done(
            Aggregate<?, S, E> aggregate, S before, List<E> events, Receipt.Stored stored) {
        S state = before;
        for (E event : events) {
            state = aggregate.evolve(state, event);
        }
        return new Outcome.Done<>(
                state, stored.items().stream().map(Receipt.Item::entry).toList());
    }
}
