package io.fourfold.log;

import static io.fourfold.log.Answers.clockOf;
import static io.fourfold.log.Answers.draft;
import static io.fourfold.log.Answers.entry;
import static io.fourfold.log.Answers.refused;
import static io.fourfold.log.Answers.stored;
import static io.fourfold.log.Answers.unclocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Refusal.Code;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Log} keeps. */
public abstract class LogContract {

    protected static final Instant START = Instant.parse("2026-11-20T05:43:15.123456Z");
    private static final ThreadId THREAD = new ThreadId("th_contract");
    private static final ThreadId OTHER = new ThreadId("th_other");
    private static final Did ALICE = new Did("did:fourfold:user:alice");
    private static final Did BOB = new Did("did:fourfold:user:bob");

    private final Deque<Instant> times = new ArrayDeque<>();
    private Log log;

    /** An empty log. */
    protected abstract Log open(Clock clock);

    @BeforeEach
    void openAnEmptyLog() {
        InstantSource time = () -> times.size() > 1 ? times.poll() : times.peek();
        times.add(START);
        log = open(time.withZone(ZoneOffset.UTC));
    }

    @Test
    void anEmptyLogHasNothing() {
        assertThat(log.head()).isZero();
        assertThat(log.after(0, 10)).isEmpty();
        assertThat(log.thread(THREAD, 0, 10)).isEmpty();
        assertThat(log.find(new EntryId("0".repeat(64)))).isEmpty();
    }

    @Test
    void whatIsStoredIsReadBackAsItWas() {
        EntryId parent = new EntryId("ab".repeat(32));
        EntryId dangling = new EntryId("01".repeat(32));
        Json body = Json.parse("{\"n\":[1e300,1e-7,0.1,100],\"\\ud83d\\ude00\":\"é\\n\\\"/\",\"b\":2,\"aa\":1,"
                + "\"kind\":\"x.y.v1\",\"namespace\":\"acme/prod\",\"deep\":{\"z\":null,\"a\":[true,{}]}}");
        Draft draft = new Draft(List.of(parent, dangling), THREAD, ALICE, Act.MAP, body, 7L, DataType.MORPHISM, parent);

        Entry stored = stored(append(draft)).entry();

        assertThat(stored).isEqualTo(new Entry(1, 0, RecordHash.id(draft), draft, "acme/prod", START));
        assertThat(log.find(stored.id())).contains(stored);
        assertThat(log.after(0, 10)).containsExactly(stored);
        assertThat(log.thread(THREAD, 0, 10)).containsExactly(stored);
        assertThat(log.find(stored.id()).orElseThrow().body().canonical()).isEqualTo(body.canonical());
        assertThat(stored.kind()).isEqualTo("x.y.v1");
    }

    @Test
    void positionsAndVersionsHaveNoGaps() {
        append(draft(THREAD, ALICE, 0));
        append(draft(OTHER, ALICE, 0));
        append(draft(THREAD, ALICE, 0));
        append(draft(THREAD, BOB, 0));
        append(draft(THREAD, BOB, 5));

        assertThat(log.head()).isEqualTo(4);
        assertThat(log.after(0, 10)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L);
        assertThat(log.thread(THREAD, 0, 10)).extracting(Entry::version).containsExactly(0L, 1L, 2L);
        assertThat(log.thread(THREAD, 1, 1)).extracting(Entry::position).containsExactly(3L);
        assertThat(log.after(2, 1)).extracting(Entry::position).containsExactly(3L);
    }

    @Test
    void aRecordWithoutClockGetsTheNextOfItsActorInItsThread() {
        assertThat(clockOf(append(unclocked(THREAD, ALICE, 1)))).isZero();
        append(draft(THREAD, ALICE, 41));

        assertThat(clockOf(append(unclocked(THREAD, ALICE, 2)))).isEqualTo(42);
        assertThat(clockOf(append(unclocked(THREAD, BOB, 2)))).isZero();
        assertThat(clockOf(append(unclocked(OTHER, ALICE, 2)))).isZero();
    }

    @Test
    void theSameRecordIsStoredOnceAndFoundAgain() {
        Entry first = stored(append(draft(THREAD, ALICE, 3))).entry();
        append(draft(THREAD, ALICE, 4));

        Receipt again = log.append(List.of(new Append(List.of(draft(THREAD, ALICE, 3)), Expect.length(0))))
                .get(0);

        assertThat(stored(again).items()).containsExactly(new Receipt.Item(first, true));
        assertThat(log.head()).isEqualTo(2);
    }

    @Test
    void otherContentAtATakenClockIsAConflict() {
        append(draft(THREAD, ALICE, 3));

        Refusal same = refused(append(draft(THREAD, ALICE, 3, "{\"other\":1}")));
        Refusal lower = refused(append(draft(THREAD, ALICE, 1)));

        assertThat(same.code()).isEqualTo(Code.CLOCK_CONFLICT);
        assertThat(same.details()).containsEntry("expected_min", 4L);
        assertThat(lower.details()).containsEntry("expected_min", 4L);
        assertThat(lower.message())
                .isEqualTo("Expected a clock of at least 4 for " + ALICE + " in " + THREAD + ", but was 1");
        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void theLastClockLeavesNoneToAssign() {
        append(draft(THREAD, ALICE, Draft.CLOCK_MAX));

        assertThat(refused(append(unclocked(THREAD, ALICE, 1))).code()).isEqualTo(Code.CLOCK_CONFLICT);
        assertThat(clockOf(append(unclocked(THREAD, BOB, 1)))).isZero();
    }

    @Test
    void ofSeveralThreadsEachIsAsLongAsExpectedOrNothingIsStored() {
        append(draft(THREAD, ALICE, 0));
        List<Draft> both = List.of(draft(THREAD, BOB, 0), draft(OTHER, BOB, 0), draft(OTHER, BOB, 1));
        Receipt late = log.append(List.of(new Append(both, Expect.lengths(Map.of(THREAD, 1L, OTHER, 1L)))))
                .getFirst();
        assertThat(((Receipt.Refused) late).refusal().code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(log.head()).isEqualTo(1);
        Receipt well = log.append(List.of(new Append(both, Expect.lengths(Map.of(THREAD, 1L)))))
                .getFirst();
        assertThat(((Receipt.Stored) well).items()).hasSize(3);
    }

    @Test
    void aThreadOfAnotherLengthThanExpectedIsAConflict() {
        append(draft(THREAD, ALICE, 0));

        Refusal refusal = refused(expecting(0, unclocked(THREAD, BOB, 1)));

        assertThat(refusal.code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(refusal.details()).containsEntry("actual", 1L).containsEntry("expected", 0L);
        assertThat(stored(expecting(1, unclocked(THREAD, BOB, 1), unclocked(THREAD, BOB, 2)))
                        .items())
                .extracting(item -> item.entry().version())
                .containsExactly(1L, 2L);
    }

    @Test
    void anAppendMayExpectALengthOfEachOfItsThreads() {
        append(draft(THREAD, ALICE, 0));
        List<Draft> drafts = List.of(unclocked(OTHER, BOB, 1), unclocked(THREAD, BOB, 2));

        Refusal refusal = refused(log.append(List.of(new Append(drafts, Expect.lengths(Map.of(THREAD, 0L, OTHER, 0L)))))
                .get(0));

        assertThat(refusal.code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(refusal.message()).contains(THREAD.value());
        assertThat(log.head()).isEqualTo(1);
        assertThat(stored(log.append(List.of(new Append(drafts, Expect.lengths(Map.of(THREAD, 1L, OTHER, 0L)))))
                                .get(0))
                        .items())
                .hasSize(2);
        assertThat(stored(log.append(List.of(new Append(drafts, Expect.lengths(Map.of(THREAD, 2L)))))
                                .get(0))
                        .items())
                .extracting(item -> item.entry().version())
                .containsExactly(1L, 2L);
    }

    @Test
    void theRecordsOfOneAppendAreStoredTogetherOrNotAtAll() {
        append(draft(THREAD, ALICE, 5));

        Receipt receipt = log.append(List.of(new Append(
                        List.of(draft(OTHER, BOB, 0), unclocked(THREAD, BOB, 1), draft(THREAD, ALICE, 2)),
                        Expect.ANYTHING)))
                .get(0);

        assertThat(refused(receipt).code()).isEqualTo(Code.CLOCK_CONFLICT);
        assertThat(log.head()).isEqualTo(1);
        assertThat(clockOf(append(unclocked(THREAD, BOB, 1)))).isZero();
    }

    @Test
    void eachAppendOfAGroupIsDecidedOnItsOwnInOrder() {
        Draft first = draft(THREAD, ALICE, 0);
        List<Receipt> receipts = log.append(List.of(
                Append.of(first),
                Append.of(first),
                Append.of(draft(THREAD, ALICE, 0, "{\"other\":1}")),
                new Append(List.of(unclocked(THREAD, ALICE, 7)), Expect.length(1)),
                new Append(List.of(unclocked(THREAD, ALICE, 8)), Expect.length(1)),
                new Append(List.of(unclocked(OTHER, ALICE, 9), unclocked(OTHER, ALICE, 9)), Expect.length(0))));

        assertThat(stored(receipts.get(0)).items().get(0).duplicate()).isFalse();
        assertThat(stored(receipts.get(1)).items()).containsExactly(new Receipt.Item(entry(receipts.get(0)), true));
        assertThat(refused(receipts.get(2)).code()).isEqualTo(Code.CLOCK_CONFLICT);
        assertThat(clockOf(receipts.get(3))).isEqualTo(1);
        assertThat(refused(receipts.get(4)).details()).containsEntry("actual", 2L);
        assertThat(stored(receipts.get(5)).items())
                .extracting(item -> item.entry().position())
                .containsExactly(3L, 4L);
        assertThat(log.after(0, 10)).hasSize(4);
    }

    @Test
    void aGroupOfNothingButRefusalsStoresNothing() {
        append(draft(THREAD, ALICE, 9));

        List<Receipt> receipts =
                log.append(List.of(Append.of(draft(THREAD, ALICE, 1)), Append.of(draft(THREAD, ALICE, 2))));

        assertThat(receipts).allMatch(Receipt.Refused.class::isInstance);
        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void timeNeverRunsBackwards() {
        times.clear();
        times.addAll(List.of(
                START.plusNanos(999),
                START.minusSeconds(60),
                START.plusSeconds(1).plusNanos(1_999)));
        append(draft(THREAD, ALICE, 0));
        append(draft(THREAD, ALICE, 1));
        append(draft(THREAD, ALICE, 2));

        assertThat(log.after(0, 10))
                .extracting(Entry::recordedAt)
                .containsExactly(START, START, START.plusSeconds(1).plusNanos(1_000));
    }

    @Test
    void aReadIsBounded() {
        List<Draft> drafts = IntStream.range(0, Log.READ_MAX)
                .mapToObj(i -> unclocked(THREAD, ALICE, i))
                .toList();
        log.append(List.of(new Append(drafts, Expect.ANYTHING), Append.of(unclocked(THREAD, ALICE, 0))));

        assertThat(log.after(0, Integer.MAX_VALUE)).hasSize(Log.READ_MAX);
        assertThat(log.thread(THREAD, 0, Integer.MAX_VALUE)).hasSize(Log.READ_MAX);
        assertThat(log.after(Log.READ_MAX, 10)).hasSize(1);
    }

    @Test
    void aRepeatedBatchIsFoundAgainAsAWhole() {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < Append.DRAFTS_MAX; i++) {
            drafts.add(draft(THREAD, ALICE, i));
        }
        Append batch = new Append(drafts, Expect.ANYTHING);
        Receipt first = log.append(List.of(batch)).get(0);

        Receipt again = log.append(List.of(batch)).get(0);

        assertThat(stored(again).items()).allMatch(Receipt.Item::duplicate);
        assertThat(stored(again).items())
                .extracting(Receipt.Item::entry)
                .isEqualTo(
                        stored(first).items().stream().map(Receipt.Item::entry).toList());
    }

    private Receipt append(Draft draft) {
        return log.append(List.of(Append.of(draft))).get(0);
    }

    private Receipt expecting(long length, Draft... drafts) {
        return log.append(List.of(new Append(List.of(drafts), Expect.length(length))))
                .get(0);
    }
}
