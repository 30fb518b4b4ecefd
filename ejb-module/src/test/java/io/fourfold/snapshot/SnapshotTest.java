package io.fourfold.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.snapshot.Restore.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
class SnapshotTest {

    private static final ThreadId A = new ThreadId("th_a");
    private static final ThreadId B = new ThreadId("th_b");
    private static final Did ALICE = new Did("did:x:alice");
    private static final int RECORDS = 250;

    @TempDir
    Path folder;

    private final Log source = new MemoryLog(Clock.systemUTC());
    private final Log target = new MemoryLog(Clock.systemUTC());
    private Path file;

    @BeforeEach
    void write() throws IOException {
        EntryId last = EntryId.of(new byte[32]);
        for (int i = 0; i < RECORDS; i++) {
            Json body = Json.parse("{\"n\":" + i + ",\"big\":1e+300,\"text\":\"ü\\n\"}");
            Draft draft = Draft.of(i % 3 == 0 ? B : A, ALICE, Act.DO, body).withParents(List.of(last));
            last = append(source, draft);
        }
        file = save(List.of(A, B));
    }

    @Test
    void aRestoredThreadIsTheSameRecordByRecord() {
        Restore.Result done = restored(false);

        assertThat(done).isEqualTo(new Restore.Result(done.manifest(), RECORDS, RECORDS, 0, 1));
        for (ThreadId thread : List.of(A, B)) {
            assertThat(target.thread(thread, 0, 1_000))
                    .extracting(Entry::id, Entry::version, Entry::draft)
                    .isEqualTo(source.thread(thread, 0, 1_000).stream()
                            .map(e -> org.assertj.core.groups.Tuple.tuple(e.id(), e.version(), e.draft()))
                            .toList());
        }
    }

    @Test
    void restoringTwiceStoresOnceAndATrialStoresNothing() {
        assertThat(restored(true).stored()).isEqualTo(RECORDS);
        assertThat(target.head()).isZero();
        restored(false);
        assertThat(restored(false).duplicates()).isEqualTo(RECORDS);
        assertThat(target.head()).isEqualTo(RECORDS);
    }

    @Test
    void whatIsMissingIsAddedToAThreadThatHasItsBeginning() throws IOException {
        Path whole = file;
        restored(false);
        append(source, Draft.of(A, ALICE, Act.DO, Json.EMPTY));
        file = save(List.of(A));
        assertThat(restored(false).stored()).isEqualTo(1);
        assertThat(target.thread(A, 0, 1_000)).hasSameSizeAs(source.thread(A, 0, 1_000));
        file = whole;
        assertThat(restored(false).stored()).isZero();
    }

    @Test
    void aBadLineIsNamedAndNothingIsStored() throws IOException {
        List<String> good = Files.readAllLines(file);
        for (String[] change : new String[][] {
            {"\"n\":", "\"n\":9"},
            {"did:x:alice", "did:x:alicf"},
            {"\"body\"", "\"bodi\""},
            {"\"act\":\"DO\"", "\"act\":\"GO\""},
            {"{", "["},
        }) {
            List<String> lines = new ArrayList<>(good);
            lines.set(6, lines.get(6).replace(change[0], change[1]));
            Files.write(file, lines);
            assertThat(refused().details().get("lines").toString())
                    .as(change[1])
                    .contains("line=7");
            assertThat(target.head()).isZero();
        }
    }

    @Test
    void aFileThatWasCutOffOrPutTogetherAnewIsRefused() throws IOException {
        List<String> good = Files.readAllLines(file);
        Files.write(file, good.subList(0, 100));
        assertThat(refused().message()).contains("expected " + RECORDS + " records, but there are 99");
        List<String> other = new ArrayList<>(good);
        other.set(100, good.get(101));
        other.set(101, good.get(100));
        Files.write(file, other);
        assertThat(refused().message()).contains("line ");
        Files.write(file, good.subList(1, 50));
        assertThat(refused().message()).contains("line 1").contains("manifest");
        Files.write(file, new byte[0]);
        assertThat(refused().message()).contains("empty");
        assertThat(target.head()).isZero();
    }

    @Test
    void aThreadThatWentAnotherWayIsNotTouched() {
        append(target, Draft.of(A, ALICE, Act.PUT, Json.EMPTY));
        assertThat(refused().code()).isEqualTo(Refusal.Code.CLOCK_CONFLICT);
        assertThat(target.head()).isEqualTo(1);
    }

    private Restore.Result restored(boolean dryRun) {
        Outcome outcome = restore(dryRun);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).result();
    }

    private Refusal refused() {
        Outcome outcome = restore(false);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    private Outcome restore(boolean dryRun) {
        return new Restore(target, append -> target.append(List.of(append)).get(0)).restore(file, dryRun);
    }

    private Path save(List<ThreadId> threads) throws IOException {
        List<String> lines = new ArrayList<>();
        Snapshot.of(threads, source, Instant.EPOCH, "test").write(lines::add);
        return Files.write(folder.resolve("snapshot-" + lines.size() + ".ndjson"), lines);
    }

    private static EntryId append(Log log, Draft draft) {
        return ((Receipt.Stored) log.append(List.of(Append.of(draft))).get(0))
                .entry()
                .id();
    }
}
