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
import java.util.function.Predicate;

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
    private final Function<List<Append>, List<Receipt>> together;
    private final Clock clock;
    private final Map<ThreadId, Folded<?>> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ThreadId, Folded<?>> eldest) {
            return size() > KEPT_MAX;
        }
    });

    public Commands(Log log, Function<Append, Receipt> inlet, Clock clock) {
        this(log, inlet, appends -> appends.stream().map(inlet).toList(), clock);
    }

    /** @param together takes several at once, in one commit */
    public Commands(
            Log log, Function<Append, Receipt> inlet, Function<List<Append>, List<Receipt>> together, Clock clock) {
        this.log = log;
        this.inlet = inlet;
        this.together = together;
        this.clock = clock;
    }

    public <C, S, E> Outcome<S> handle(Aggregate<C, S, E> aggregate, C command, Did actor) {
        return open(aggregate, aggregate.thread(command), actor).handle(command);
    }

    static List<Entry> entries(Receipt.Stored stored) {
        return stored.items().stream().map(Receipt.Item::entry).toList();
    }

    /** An aggregate as it stands, for several commands of one actor; what was folded is not read again. */
    public <C, S, E> Opened<C, S, E> open(Aggregate<C, S, E> aggregate, ThreadId thread, Did actor) {
        return new Opened<>(aggregate, thread, actor);
    }

    /** The same for one that is believed to be new: its thread is read only if that turns out to be wrong. */
    public <C, S, E> Opened<C, S, E> begin(Aggregate<C, S, E> aggregate, ThreadId thread, Did actor) {
        return new Opened<>(aggregate, thread, actor, new Folded<>(aggregate.initial(), 0, null));
    }

    /** For one thread of the machine. */
    public final class Opened<C, S, E> {
        private final Aggregate<C, S, E> aggregate;
        private final ThreadId thread;
        private final Did actor;
        private Folded<S> folded;

        private Opened(Aggregate<C, S, E> aggregate, ThreadId thread, Did actor) {
            this(aggregate, thread, actor, fold(aggregate, thread));
        }

        private Opened(Aggregate<C, S, E> aggregate, ThreadId thread, Did actor, Folded<S> folded) {
            this.aggregate = aggregate;
            this.thread = thread;
            this.actor = actor;
            this.folded = folded;
        }

        /** As it was last seen. */
        public S state() {
            return folded.state();
        }

        /** How long its thread was then. */
        long length() {
            return folded.length();
        }

        /** As it is now: what was added since is read. */
        public S refresh() {
            folded = fold(aggregate, thread, folded);
            return folded.state();
        }

        public Outcome<S> handle(C command) {
            return handle(command, List.of());
        }

        /** Carries out a command only on a state that {@code allowed} lets through, however late it came about. */
        public Outcome<S> handle(C command, Predicate<S> allowed) {
            return handle(command, List.of(), allowed);
        }

        /**
         * Carries out a command; {@code before} is written in the same commit, before the events and whatever becomes
         * of them.
         */
        public Outcome<S> handle(C command, List<Append> before) {
            return handle(command, before, any -> true);
        }

        private Outcome<S> handle(C command, List<Append> before, Predicate<S> allowed) {
            Refusal last = null;
            for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
                if (!allowed.test(folded.state())) {
                    return new Outcome.Refused<>(
                            Refusal.of(Refusal.Code.WRONG_STATE, "Expected " + thread.value() + " to be as it was"));
                }
                switch (aggregate.decide(command, folded.state(), clock.instant())) {
                    case Decision.Refused<E> refused -> {
                        return new Outcome.Refused<>(refused.refusal());
                    }
                    case Decision.Accepted<E> accepted -> {
                        if (accepted.events().isEmpty()) {
                            return new Outcome.Done<>(folded.state(), List.of());
                        }
                        switch (append(before, events(accepted.events()))) {
                            case Receipt.Stored stored -> {
                                return done(accepted.events(), stored);
                            }
                            case Receipt.Refused refused -> last = refused.refusal();
                        }
                        if (last.code() != Refusal.Code.VERSION_CONFLICT) {
                            return new Outcome.Refused<>(last);
                        }
                        folded = fold(aggregate, thread, folded);
                    }
                }
            }
            return new Outcome.Refused<>(last);
        }

        private Append events(List<E> events) {
            return new Append(written(events), Expect.length(folded.length()));
        }

        private List<Draft> written(List<E> events) {
            List<EntryId> parents = folded.head() == null ? List.of() : List.of(folded.head());
            return events.stream()
                    .map(event -> Draft.of(
                                    thread, actor, Act.KNOW, aggregate.codec().write(event))
                            .withParents(parents))
                    .toList();
        }

        /** What a command would write on the state as it is. */
        Decision<Draft> drafts(C command) {
            return switch (aggregate.decide(command, folded.state(), clock.instant())) {
                case Decision.Refused<E> refused -> new Decision.Refused<>(refused.refusal());
                case Decision.Accepted<E> accepted -> Decision.accept(written(accepted.events()));
            };
        }

        private Outcome<S> done(List<E> events, Receipt.Stored stored) {
            S state = folded.state();
            for (E event : events) {
                state = aggregate.evolve(state, event);
            }
            List<Entry> entries = entries(stored);
            folded = new Folded<>(
                    state,
                    folded.length() + entries.size(),
                    entries.get(entries.size() - 1).id());
            return new Outcome.Done<>(state, entries);
        }
    }

    private Receipt append(List<Append> before, Append events) {
        if (before.isEmpty()) {
            return inlet.apply(events);
        }
        List<Append> all = new ArrayList<>(before);
        all.add(events);
        return together.apply(all).get(before.size());
    }

    /** The state of one aggregate now. */
    public <S, E> S state(Aggregate<?, S, E> aggregate, ThreadId thread) {
        return fold(aggregate, thread).state();
    }

    private record Folded<S>(S state, long length, EntryId head) {}

    private <S, E> Folded<S> fold(Aggregate<?, S, E> aggregate, ThreadId thread) {
        Folded<S> folded = fold(aggregate, thread, kept(aggregate, thread));
        if (aggregate.isLong()) {
            kept.put(thread, folded);
        }
        return folded;
    }

    /** Reads on from an earlier fold. */
    private <S, E> Folded<S> fold(Aggregate<?, S, E> aggregate, ThreadId thread, Folded<S> from) {
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
        return new Folded<>(state, length, head);
    }

    @SuppressWarnings("unchecked") // A thread is of one aggregate: what is kept of it was folded by the same one.
    private <S> Folded<S> kept(Aggregate<?, S, ?> aggregate, ThreadId thread) {
        Folded<?> known = aggregate.isLong() ? kept.get(thread) : null;
        return known == null ? new Folded<>(aggregate.initial(), 0, null) : (Folded<S>) known;
    }
}
