package io.fourfold.kit;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An aggregate as it stands, for several commands of one actor; what was folded is not read again. For one thread of
 * the machine.
 */
public final class Opened<C, S, E> {

    private final Commands commands;
    private final Aggregate<C, S, E> aggregate;
    private final ThreadId thread;
    private final Did actor;
    private Commands.Folded<S> folded;

    Opened(Commands commands, Aggregate<C, S, E> aggregate, ThreadId thread, Did actor, Commands.Folded<S> folded) {
        this.commands = commands;
        this.aggregate = aggregate;
        this.thread = thread;
        this.actor = actor;
        this.folded = folded;
    }

    /**
     * Commands on one thread, one after the other; see {@link Commands#together}.
     *
     * @param allowed only on a state that this lets through, however late it came about
     */
    public record Step<C, S, E>(Opened<C, S, E> on, List<C> commands, Predicate<S> allowed) {
        public Step {
            commands = List.copyOf(commands);
        }
    }

    /** What was decided, and how it is written. */
    record Written<S, E>(Opened<?, S, E> on, List<E> events, List<Draft> drafts) {
        void settle(List<Entry> entries) {
            on.advance(events, entries);
        }
    }

    /** As it was last seen. */
    public S state() {
        return folded.state();
    }

    /** As it is now: what was added since is read. */
    public S refresh() {
        folded = commands.fold(aggregate, thread, folded);
        return folded.state();
    }

    /** Entries of the thread that were seen. */
    public long length() {
        return folded.length();
    }

    ThreadId thread() {
        return thread;
    }

    public Outcome<S> handle(C command) {
        return handle(step(command), List.of());
    }

    /** {@code beside} is written in the same commit, or neither is. */
    public Outcome<S> handle(C command, List<Draft> beside) {
        return handle(step(command), beside);
    }

    private Outcome<S> handle(Step<C, S, E> step, List<Draft> beside) {
        return switch (commands.together(List.of(step), beside)) {
            case Outcome.Refused<List<Entry>> refused -> new Outcome.Refused<>(refused.refusal());
            case Outcome.Done<List<Entry>> done ->
                new Outcome.Done<>(
                        state(),
                        done.entries().subList(0, Math.max(0, done.entries().size() - beside.size())));
        };
    }

    /** One command, as part of a commit. */
    public Step<C, S, E> step(C command) {
        return steps(List.of(command), any -> true);
    }

    /** Several commands, as part of a commit. */
    public Step<C, S, E> steps(List<C> some, Predicate<S> allowed) {
        return new Step<>(this, some, allowed);
    }

    Decision<E> decide(List<C> some, Instant now) {
        S state = folded.state();
        List<E> events = new ArrayList<>();
        for (C command : some) {
            switch (aggregate.decide(command, state, now)) {
                case Decision.Refused<E> refused -> {
                    return refused;
                }
                case Decision.Accepted<E> accepted -> {
                    for (E event : accepted.events()) {
                        state = aggregate.evolve(state, event);
                    }
                    events.addAll(accepted.events());
                }
            }
        }
        return Decision.accept(events);
    }

    /** Each names the one before it as its parent; for that its clock is given here, unless it is the last. */
    Written<S, E> written(List<E> events) {
        List<Draft> drafts = new ArrayList<>(events.size());
        List<EntryId> parents = folded.head() == null ? List.of() : List.of(folded.head());
        long clock = folded.clock();
        for (E event : events) {
            Draft draft = Draft.of(thread, actor, Act.KNOW, aggregate.codec().write(event))
                    .withParents(parents);
            if (drafts.size() < events.size() - 1) {
                draft = draft.withClock(++clock);
                parents = List.of(RecordHash.id(draft));
            }
            drafts.add(draft);
        }
        return new Written<>(this, events, drafts);
    }

    private void advance(List<E> events, List<Entry> entries) {
        S state = folded.state();
        for (E event : events) {
            state = aggregate.evolve(state, event);
        }
        folded = folded.with(state, entries);
    }
}
