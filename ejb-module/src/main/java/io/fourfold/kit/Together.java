package io.fourfold.kit;

import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out several commands, each on a thread of its own, with records beside them, in one commit: all or nothing,
 * and on what was looked at. When another writer was quicker it is refused as overtaken ({@link Refusal#isOvertaken});
 * its caller looks again.
 */
public final class Together {

    private final Commands commands;

    public Together(Commands commands) {
        this.commands = commands;
    }

    /** One of the commands. */
    public record Step<C, S, E>(Aggregate<C, S, E> aggregate, C command) {}

    /** Begins to look around; what was looked at once stays as it was then. */
    public Sight look(Did actor) {
        return new Sight(actor);
    }

    /** What was looked at, for one thread of the machine. */
    public final class Sight {

        private final Did actor;
        private final Map<ThreadId, Opened<?, ?, ?>> seen = new HashMap<>();
        private final Map<ThreadId, Long> lengths = new HashMap<>();

        private Sight(Did actor) {
            this.actor = actor;
        }

        public <S> S state(Aggregate<?, S, ?> aggregate, ThreadId thread) {
            return opened(aggregate, thread).state();
        }

        /** A thread of no aggregate was looked at when it held so many entries. */
        public void saw(ThreadId thread, long entries) {
            lengths.put(thread, entries);
        }

        /** Why a command would be refused. */
        public Optional<Refusal> refusal(Step<?, ?, ?> step) {
            return commands.refusal(opened(step));
        }

        /** What was appended, nothing where nothing changes, or the first refusal. */
        public Outcome<List<Entry>> carryOut(List<Step<?, ?, ?>> steps, List<Draft> beside) {
            return commands.attempt(steps.stream().map(this::opened).toList(), beside, lengths);
        }

        private <C, S, E> Opened.Step<C, S, E> opened(Step<C, S, E> step) {
            return opened(step.aggregate(), step.aggregate().thread(step.command()))
                    .step(step.command());
        }

        @SuppressWarnings("unchecked") // A thread is of one aggregate: what was opened of it is of the same one.
        private <C, S, E> Opened<C, S, E> opened(Aggregate<C, S, E> aggregate, ThreadId thread) {
            Opened<C, S, E> opened =
                    (Opened<C, S, E>) seen.computeIfAbsent(thread, any -> commands.open(aggregate, thread, actor));
            lengths.put(thread, opened.length());
            return opened;
        }
    }
}
