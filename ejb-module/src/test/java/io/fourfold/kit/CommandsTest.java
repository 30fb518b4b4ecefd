package io.fourfold.kit;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.Expect;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final ThreadId THREAD = ThreadId.of("counter", "c");

    /** Counts up to a limit; a command may count several times, or ask for nothing. */
    private static final class Counter implements Aggregate<Counter.Count, Integer, Counter.Counted> {
        private record Count(int times) {}

        record Counted(int to) {}

        private static final EventCodec<Counted> CODEC = new EventCodec<>(Map.of("counter.counted.v1", Counted.class));
        private final int limit;

        Counter(int limit) {
            this.limit = limit;
        }

        @Override
        public ThreadId thread(Count command) {
            return THREAD;
        }

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Decision<Counted> decide(Count command, Integer state, Instant now) {
            if (state + command.times() > limit) {
                return refuse(Refusal.Code.WRONG_STATE, "Expected room, but it is " + state);
            }
            List<Counted> events = new ArrayList<>();
            for (int i = 1; i <= command.times(); i++) {
                events.add(new Counted(state + i));
            }
            return accept(events);
        }

        @Override
        public Integer evolve(Integer state, Counted event) {
            return event.to();
        }

        @Override
        public EventCodec<Counted> codec() {
            return CODEC;
        }
    }

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());

    private Receipt append(Append append) {
        return log.append(List.of(append)).getFirst();
    }

    private Commands commands() {
        return new Commands(log, this::append, Clock.systemUTC());
    }

    private static Outcome<Integer> count(Commands commands, int limit, int times) {
        return commands.handle(new Counter(limit), new Counter.Count(times), Entries.ALICE);
    }

    @Test
    void whatWasDecidedIsAppendedAndTheNewStateReturned() {
        Outcome.Done<Integer> done = (Outcome.Done<Integer>) count(commands(), 10, 3);
        assertThat(done.state()).isEqualTo(3);
        assertThat(done.entries()).extracting(Entry::version).containsExactly(0L, 1L, 2L);
        assertThat(commands().state(new Counter(10), THREAD)).isEqualTo(3);
    }

    @Test
    void aRefusalAppendsNothing() {
        assertThat(count(commands(), 2, 3)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Refusal.Code.WRONG_STATE));
        assertThat(log.head()).isZero();
    }

    @Test
    void nothingToDoAppendsNothing() {
        assertThat(count(commands(), 10, 0)).isEqualTo(new Outcome.Done<>(0, List.of()));
        assertThat(log.head()).isZero();
    }

    @Test
    void everyEventNamesTheOneItWasDecidedAfter() {
        count(commands(), 10, 1);
        count(commands(), 10, 3);
        List<Entry> entries = log.after(0, 10);
        assertThat(entries.get(0).draft().parents()).isEmpty();
        for (int i = 1; i < 4; i++) {
            assertThat(entries.get(i).draft().parents())
                    .containsExactly(entries.get(i - 1).id());
        }
    }

    @Test
    void whatIsWronglyBelievedToBeNewIsDecidedOnWhatIsThere() {
        count(commands(), 10, 8);
        var begun = commands().begin(new Counter(10), THREAD, Entries.ALICE);
        assertThat(begun.handle(new Counter.Count(3))).isInstanceOf(Outcome.Refused.class);
        assertThat(begun.state()).isEqualTo(8);
        assertThat(log.head()).isEqualTo(8);
    }

    @Test
    void aLongThreadIsFoldedWhole() {
        for (int i = 0; i < 3; i++) {
            count(commands(), Integer.MAX_VALUE, 900);
        }
        assertThat(commands().state(new Counter(0), THREAD)).isEqualTo(2_700);
        assertThat(log.head()).isGreaterThan(Log.READ_MAX);
    }

    @Test
    void twoWritersAtOnceAreDecidedOneAfterTheOther() throws Exception {
        int limit = 60;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Outcome<Integer>>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                tasks.add(() -> count(commands(), limit, 1));
            }
            int done = 0;
            for (Future<Outcome<Integer>> outcome : threads.invokeAll(tasks)) {
                done += outcome.get() instanceof Outcome.Done ? 1 : 0;
            }
            assertThat(done).isPositive().isEqualTo((int) log.head());
        }
        List<Integer> counted = log.after(0, 1_000).stream()
                .map(e -> Counter.CODEC.read(e).orElseThrow().to())
                .toList();
        assertThat(counted).doesNotHaveDuplicates().isSorted().hasSizeLessThanOrEqualTo(limit);
    }

    @Test
    void aDecisionIsTakenAgainWhenAnotherWriterWasQuicker() {
        AtomicInteger tries = new AtomicInteger();
        Commands raced = new Commands(
                log,
                append -> {
                    if (tries.getAndIncrement() < 2) {
                        count(commands(), 10, 1);
                    }
                    return append(append);
                },
                Clock.systemUTC());
        assertThat(count(raced, 10, 1)).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.state())
                .isEqualTo(3));
        assertThat(tries).hasValue(3);
    }

    @Test
    void aDecisionThatIsAlwaysOvertakenIsGivenUp() {
        AtomicInteger tries = new AtomicInteger();
        Commands unlucky = new Commands(
                log,
                append -> {
                    tries.incrementAndGet();
                    count(commands(), 100, 1);
                    return append(new Append(append.drafts(), Expect.length(0)));
                },
                Clock.systemUTC());
        assertThat(count(unlucky, 100, 1)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Refusal.Code.VERSION_CONFLICT));
        assertThat(tries).hasValue(Commands.TRIES_MAX);
    }

    @Test
    void anotherRefusalOfTheLogIsHandedOn() {
        Refusal full = Refusal.of(Refusal.Code.OVERLOADED, "Expected room");
        Commands overloaded = new Commands(log, append -> new Receipt.Refused(full), Clock.systemUTC());
        assertThat(count(overloaded, 10, 1)).isEqualTo(new Outcome.Refused<>(full));
    }
}
