package io.fourfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.cli.StubServer.Ran;
import io.fourfold.log.Act;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Json;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server is not believed: it answers what the test wants it to. */
final class AuditCommandsTest {

    private static final String RECORDS = "GET /api/v1/threads/th_x/records?from=0&limit=100";

    @TempDir
    Path folder;

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anHonestThreadIsVerifiedRecordByRecord() {
        server.on(RECORDS, 200, answer(entry(0, 0, 0), entry(1, 1, 4)));
        Ran ran = server.run("thread", "verify", "th_x", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\"ok\":true"));
    }

    @ParameterizedTest
    @CsvSource({"1e+300, 1e+301", "did:x:y, did:x:z", "'\"version\":1', '\"version\":2'", "th_x\", th_y\"", "DO, PUT"})
    void aServerThatLiesIsFoundOut(String told, String instead) {
        String lie = answer(entry(0, 0, 0), entry(1, 1, 4)).replaceFirst("(?s)(.*)\\Q" + told + "\\E", "$1" + instead);
        server.on(RECORDS, 200, lie);
        Ran ran = server.run("thread", "verify", "th_x");

        assertThat(ran.exitCode()).as(ran.out()).isEqualTo(1);
        assertThat(ran.out()).contains("wrong: ").contains("2 records of th_x, 1 wrong");
    }

    @Test
    void allPagesAreVerifiedAndAServerThatRepeatsItselfIsLeft() {
        server.on(RECORDS, 200, answer(entry(0, 0, 0)).replace("\"next\":null", "\"next\":1"));
        String second = "GET /api/v1/threads/th_x/records?from=1&limit=100";
        server.on(second, 200, answer(entry(1, 1, 4)));
        assertThat(server.run("thread", "verify", "th_x").out()).contains("2 records of th_x, 0 wrong");

        server.on(second, 200, answer(entry(1, 1, 4)).replace("\"next\":null", "\"next\":1"));
        server.run("thread", "verify", "th_x");
        Ran again = server.run("thread", "verify", "th_x");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("repeats itself");
    }

    @Test
    void aClockThatStandsStillIsFoundOut() {
        server.on(RECORDS, 200, answer(entry(0, 0, 3), entry(1, 1, 3)));

        assertThat(server.run("thread", "verify", "th_x").out()).contains("Expected a clock above 3");
    }

    @Test
    void aLargerSnapshotIsNotReplacedAndABrokenOneIsNotKept() throws IOException {
        Path file = folder.resolve("x.ndjson");
        String request = "GET /api/v1/threads/th_x/snapshot";
        server.on(request, 200, "{\"record_count\":2}\n{}\n{}\n");
        server.on(request, 200, "{\"record_count\":1}\n{}\n");
        server.on(request, 200, "{\"record_count\":5}\n{}\n{}\n");
        String[] save = {"thread", "snapshot", "th_x", "--out", file.toString()};
        assertThat(server.run(save).exitCode()).isZero();
        String kept = Files.readString(file);

        Ran smaller = server.run(save);
        assertThat(smaller.exitCode()).isEqualTo(4);
        assertThat(smaller.err()).contains("holds 2 records, more than the 1");
        assertThat(server.run(save).exitCode()).isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo(kept);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFileThatIsNoProofIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("proof.json"), "{\"record\":{}}");
        assertThat(StubServer.command("audit", "verify", file.toString()).exitCode())
                .isEqualTo(2);
        Path key = Files.writeString(folder.resolve("key.pem"), "no key");
        assertThat(StubServer.command("audit", "verify", file.toString(), "--key", key.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    private static String answer(Entry... entries) {
        return List.of(entries).stream()
                .map(EntryJson::of)
                .collect(Collectors.joining(",", "{\"records\":[", "],\"total\":2,\"next\":null}"));
    }

    private static Entry entry(long position, long version, long clock) {
        Json body = Json.parse("{\"n\":" + position + ",\"big\":1e+300,\"text\":\"ü\"}");
        Draft draft = new Draft(
                List.of(), new ThreadId("th_x"), new Did("did:x:y"), Act.DO, body, clock, DataType.SCALAR, null);
        EntryId id = RecordHash.id(draft);
        return new Entry(position + 1, version, id, draft, "default", Instant.EPOCH);
    }
}
