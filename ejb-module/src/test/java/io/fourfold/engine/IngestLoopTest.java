package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IngestLoopTest {

    private static final Instant NOW = Instant.parse("2026-11-20T05:43:15Z");
    private static final int CALLERS = 64;
    private static final int RECORDS = 100;
    private static final long SEED = 4;

    private final WatchedLog log = new WatchedLog(new MemoryLog(Clock.fixed(NOW, ZoneOffset.UTC)));
    private final Doorbell doorbell = new Doorbell();
    private final IngestLoop ingest = new IngestLoop(log, doorbell);

    @Test
    void everyCallerGetsTheReceiptOfItsOwnRecordsInItsOwnOrder() throws Exception {
        log.beforeCommit(Thread::yield);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Entry>>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                all.add(callers.submit(caller(caller)));
            }
            HashSet<Long> positions = new HashSet<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                List<Entry> entries = all.get(caller).get();
                assertThat(entries)
                        .extracting(Entry::position)
                        .as("seed %d", SEED)
                        .isSorted();
                assertThat(entries).hasSize(RECORDS).allMatch(entry -> log.find(entry.id())
                        .equals(Optional.of(entry)));
                entries.forEach(entry -> positions.add(entry.position()));
            }
            assertThat(positions).hasSize(CALLERS * RECORDS);
        }
        assertThat(log.head()).isEqualTo(CALLERS * RECORDS);
        assertThat(ingest.waiting()).isZero();
    }

    private Callable<List<Entry>> caller(int number) {
        return () -> {
            Random random = new Random(SEED + number);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                ThreadId thread = new ThreadId("th_" + random.nextInt(8));
                Json body = Json.parse("{\"caller\":" + number + ",\"i\":" + i + "}");
                Receipt receipt = ingest.submit(Append.of(Draft.of(thread, did(number), Act.DO, body)));
                Entry entry = ((Receipt.Stored) receipt).entry();
                assertThat(entry.body()).isEqualTo(body);
                entries.add(entry);
            }
            return entries;
        };
    }

    @Test
    void whoComesDuringACommitSharesTheNextOne() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        log.beforeCommit(() -> await(gate));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt>> all = submitAll(callers, 1 + CALLERS, 1);
            gate.countDown();
            for (Future<Receipt> each : all) {
                assertThat(each.get()).isInstanceOf(Receipt.Stored.class);
            }
        }
        assertThat(log.groups()).containsExactly(1, CALLERS);
        assertThat(doorbell.rings()).isEqualTo(2);
    }

    /** Submits and returns when all but those in the commit under way are waiting. */
    private List<Future<Receipt>> submitAll(ExecutorService callers, int count, int committing) {
        List<Future<Receipt>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Append append = Append.of(Draft.of(new ThreadId("th_" + i), did(i), Act.DO, Json.EMPTY));
            all.add(callers.submit(() -> ingest.submit(append)));
            while (log.groups().isEmpty() || ingest.waiting() < i + 1 - committing) {
                LockSupport.parkNanos(100_000);
            }
        }
        return all;
    }

    @Test
    void aLoneCallerCommitsAtOnceAndInItsOwnThread() {
        List<Thread> committers = new ArrayList<>();
        log.beforeCommit(() -> committers.add(Thread.currentThread()));

        ingest.submit(Append.of(Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY)));

        assertThat(committers).containsExactly(Thread.currentThread());
        assertThat(ingest.turn(NOW)).isZero();
    }

    @Test
    void aFailureOfTheLogReachesEveryCallerOfTheGroupAndNoOther() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger commits = new AtomicInteger();
        log.beforeCommit(() -> {
            await(gate);
            if (commits.incrementAndGet() == 2) {
                throw new LogUnavailable("away", false, null);
            }
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt>> all = submitAll(callers, 1 + CALLERS, 1);
            gate.countDown();
            assertThat(all.get(0).get()).isInstanceOf(Receipt.Stored.class);
            for (Future<Receipt> each : all.subList(1, all.size())) {
                assertThatThrownBy(each::get).hasCauseInstanceOf(LogUnavailable.class);
            }
        }
        assertThat(log.head()).isEqualTo(1);
        assertThat(ingest.submit(Append.of(Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY))))
                .isInstanceOf(Receipt.Stored.class);
    }

    @Test
    void theSameRecordFromAThousandCallersIsOneRowOneRingAndOneAnswer() throws Exception {
        Draft draft = Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY).withClock(0);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Receipt>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(callers.submit(() -> {
                    await(start);
                    return ingest.submit(Append.of(draft));
                }));
            }
            start.countDown();
            HashSet<Entry> answers = new HashSet<>();
            int first = 0;
            for (Future<Receipt> each : all) {
                Receipt.Stored stored = (Receipt.Stored) each.get();
                answers.add(stored.entry());
                first += stored.items().get(0).duplicate() ? 0 : 1;
            }
            assertThat(answers).hasSize(1);
            assertThat(first).isEqualTo(1);
        }
        assertThat(log.head()).isEqualTo(1);
        assertThat(doorbell.rings()).isEqualTo(1);
    }

    @Test
    void aRefusedAppendDoesNotRing() {
        Draft draft = Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY);
        ingest.submit(Append.of(draft.withClock(5)));

        assertThat(ingest.submit(Append.of(draft.withClock(4)))).isInstanceOf(Receipt.Refused.class);
        assertThat(doorbell.rings()).isEqualTo(1);
    }

    @Test
    void moreThanTheRoomHoldsAreRefusedAtOnce() throws Exception {
        IngestLoop small = new IngestLoop(log, doorbell, new WaitingRoom(1, 1_000_000));
        CountDownLatch gate = new CountDownLatch(1);
        log.beforeCommit(() -> await(gate));
        Append append = Append.of(Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Receipt> committing = callers.submit(() -> small.submit(append));
            while (log.groups().isEmpty()) {
                Thread.onSpinWait();
            }
            Future<Receipt> waiting = callers.submit(() -> small.submit(append));
            while (small.waiting() == 0) {
                Thread.onSpinWait();
            }

            assertThat(small.submit(append)).isInstanceOfSatisfying(Receipt.Refused.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo(Code.OVERLOADED);
                assertThat(refused.refusal().details()).containsEntry("retry_after_seconds", 1);
            });
            gate.countDown();
            assertThat(committing.get()).isInstanceOf(Receipt.Stored.class);
            assertThat(waiting.get()).isInstanceOf(Receipt.Stored.class);
        }
        assertThat(small.waiting()).isZero();
    }

    @Test
    void whatIsSubmittedTogetherIsOneCommitAndEachHasItsOwnAnswer() {
        Draft draft = Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY);

        List<Receipt> receipts = ingest.submitAll(List.of(
                Append.of(draft.withClock(3)),
                Append.of(draft.withClock(2)),
                Append.of(draft.withClock(3)),
                Append.of(draft)));

        assertThat(log.groups()).containsExactly(4);
        assertThat(doorbell.rings()).isEqualTo(1);
        assertThat(receipts.get(1)).isInstanceOf(Receipt.Refused.class);
        assertThat(((Receipt.Stored) receipts.get(2)).items().get(0).duplicate())
                .isTrue();
        assertThat(((Receipt.Stored) receipts.get(3)).entry().position()).isEqualTo(2);
        assertThat(ingest.submitAll(List.of())).isEmpty();
    }

    @Test
    void ofManySubmittedTogetherThoseWithoutRoomAreRefused() {
        IngestLoop small = new IngestLoop(log, doorbell, new WaitingRoom(2, 1_000_000));
        Append append = Append.of(Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY));

        List<Receipt> receipts = small.submitAll(List.of(append, append, append));

        assertThat(receipts)
                .extracting(receipt -> receipt instanceof Receipt.Stored)
                .containsExactly(true, true, false);
        assertThat(small.waiting()).isZero();
    }

    @Test
    void manyCallersOfManyAppendsAllGetTheirOwnAnswersInOrder() throws Exception {
        log.beforeCommit(Thread::yield);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Receipt>>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Append append = Append.of(Draft.of(new ThreadId("th_" + caller), did(caller), Act.DO, Json.EMPTY));
                all.add(callers.submit(() -> ingest.submitAll(Collections.nCopies(RECORDS, append))));
            }
            for (int caller = 0; caller < CALLERS; caller++) {
                List<Receipt> receipts = all.get(caller).get();
                for (int i = 0; i < RECORDS; i++) {
                    Entry entry = ((Receipt.Stored) receipts.get(i)).entry();
                    assertThat(entry.version()).isEqualTo(i);
                    assertThat(entry.thread().value()).isEqualTo("th_" + caller);
                }
            }
        }
    }

    @Test
    void anInterruptedCallerStillGetsItsAnswerAndStaysInterrupted() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        log.beforeCommit(() -> await(gate));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt>> first = submitAll(callers, 1, 1);
            List<Thread> waiting = new ArrayList<>();
            Future<Boolean> interrupted = callers.submit(() -> {
                waiting.add(Thread.currentThread());
                ingest.submit(Append.of(Draft.of(new ThreadId("th_x"), did(1), Act.DO, Json.EMPTY)));
                return Thread.interrupted();
            });
            while (ingest.waiting() == 0) {
                Thread.onSpinWait();
            }
            waiting.get(0).interrupt();
            gate.countDown();

            assertThat(interrupted.get()).isTrue();
            assertThat(first.get(0).get()).isInstanceOf(Receipt.Stored.class);
        }
        assertThat(log.head()).isEqualTo(2);
    }

    private static Did did(int number) {
        return new Did("did:fourfold:agent:" + number);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
