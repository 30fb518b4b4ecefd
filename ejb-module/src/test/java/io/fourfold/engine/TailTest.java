package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Cursor;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final TestJpa DATABASE = TestJpa.fresh();

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final CursorTable cursors = new CursorTable(DATABASE.source());
    private final List<Long> met = new ArrayList<>();
    private Cursor cursor;

    @BeforeEach
    void tenEntriesAndANewReader(org.junit.jupiter.api.TestInfo test) {
        cursor = cursors.cursor(test.getDisplayName());
        for (int i = 0; i < 10; i++) {
            log.append(List.of(Append.of(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.EMPTY))));
        }
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void eachBatchBeginsWhereTheLastOneEnded() {
        Tail tail = new Tail("reader", log, cursor);
        assertThat(tail.lag()).isEqualTo(10);

        assertThat(tail.poll(this::read, 4)).isEqualTo(4);
        assertThat(tail.poll(this::read, 4)).isEqualTo(4);
        assertThat(tail.lag()).isEqualTo(2);
        assertThat(tail.poll(this::read, 4)).isEqualTo(2);
        assertThat(tail.poll(this::read, 4)).isZero();
        assertThat(met).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void anotherRunReadsOnFromTheStoredCursor() {
        new Tail("reader", log, cursor).poll(this::read, 7);

        new Tail("reader", log, cursor).poll(this::read, 100);

        assertThat(met).hasSize(10).doesNotHaveDuplicates();
        assertThat(cursor.load()).isEqualTo(10);
    }

    @Test
    void aBatchWhoseReaderFailedComesAgain() {
        Tail tail = new Tail("reader", log, cursor);

        assertThatThrownBy(() -> tail.poll(
                        entries -> {
                            throw new IllegalStateException("on purpose");
                        },
                        4))
                .hasMessage("on purpose");
        tail.poll(this::read, 4);

        assertThat(met).containsExactly(1L, 2L, 3L, 4L);
    }

    /** It holds one page in its hands and no more, however far the log runs on. */
    @Test
    void aReaderThatNeverComesBackHoldsUpNeitherWritersNorOtherReaders() throws Exception {
        Doorbell doorbell = new Doorbell();
        IngestLoop ingest = new IngestLoop(log, doorbell);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        List<Entry> held = new ArrayList<>();
        Thread dead = Thread.ofVirtual().start(() -> new Tail("dead", log, cursor)
                .poll(
                        page -> {
                            held.addAll(page);
                            stuck.countDown();
                            hold(never);
                        },
                        4));
        stuck.await();
        for (int i = 0; i < 10_000; i++) {
            ingest.submit(Append.of(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.EMPTY)));
        }
        Tail well = new Tail("well", log, cursors.cursor("well"));
        while (well.poll(this::read, 1_000) > 0) {
            Thread.yield();
        }

        assertThat(met).hasSize(10_010);
        assertThat(held).hasSize(4);
        assertThat(dead.isAlive()).isTrue();
        assertThat(new Tail("dead", log, cursor).lag()).isEqualTo(10_010);
        never.countDown();
        dead.join();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void cursorsOfOtherNamesAreTheirOwn() {
        cursor.store(5);

        assertThat(cursors.cursor("nobody").load()).isZero();
        assertThat(cursor.load()).isEqualTo(5);
    }

    private void read(List<Entry> entries) {
        entries.forEach(entry -> met.add(entry.position()));
    }
}
