package io.fourfold.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request gets the same answer at every door. */
class DoorsIT {

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final TestServer server = TestServer.shared();

    /** {@code T} stands for a thread that no other door has written to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"n\":1}}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"n\":1},\"clock\":7}",
                "{\"record\":{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{}},\"expect_version\":0}",
                "{\"record\":{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{}},\"expect_version\":4}",
                "{\"record\":{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{}},\"expect_version\":\"4\"}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"namespace\":\"no/where\"}}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"namespace\":\"No Where\"}}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"a\":1,\"a\":2}}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"n\":9007199254740993}}",
                "{\"act\":\"DO\",\"actor\":\"nobody\",\"thread\":\"T\",\"body\":{}}",
                "{\"act\":\"DID\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{}}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\"}",
                "{\"act\":}",
                "[]",
                "nonsense"
            })
    void everyDoorGivesTheSameAnswer(String request) throws IOException {
        sameAnswer(request);
    }

    /** Deeper than a record may be by far, and than any parser should follow. */
    @Test
    void whatIsNestedTooDeepIsRefusedAtEveryDoor() throws IOException {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        for (String request : List.of(
                deep,
                "{\"a\":" + deep + "}",
                "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"T\",\"body\":{\"a\":" + deep + "}}")) {
            assertThat(sameAnswer(request).get("code").asText()).isEqualTo("INVALID_RECORD");
        }
    }

    private JsonNode sameAnswer(String request) throws IOException {
        String thread = "th_doors-" + Integer.toHexString(request.hashCode());
        List<JsonNode> answers = List.of(
                parse(server.post("/api/v1/records", JSON, request.replace("T\"", thread + "-1\""))
                        .body()),
                parse(server.post("/api/v1/records/batch", JSON, "[" + request.replace("T\"", thread + "-2\"") + "]")
                                .body())
                        .get("results")
                        .get(0),
                parse(server.post("/api/v1/records/stream", NDJSON, request.replace("T\"", thread + "-3\""))
                        .body()),
                parse(say(request.replace("T\"", thread + "-4\"")).get(0)));

        assertThat(answers.stream().map(answer -> plain(answer, thread))).containsOnly(plain(answers.get(0), thread));
        return answers.get(0);
    }

    @Test
    void aRepeatedRecordIsADuplicateAtEveryDoor() throws IOException {
        String record = record("th_doors-repeat", "{}", 3);
        HttpResponse<String> first = server.post("/api/v1/records", JSON, record);
        HttpResponse<String> again = server.post("/api/v1/records", JSON, record);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Fourfold-Duplicate")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Fourfold-Duplicate")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        ObjectNode line = ((ObjectNode) parse(first.body())).put("duplicate", true);
        assertThat(parse(say(record).get(0))).isEqualTo(line);
        assertThat(parse(server.post("/api/v1/records/stream", NDJSON, record).body()))
                .isEqualTo(line);
        assertThat(parse(server.post("/api/v1/records/batch", JSON, "[" + record + "]")
                                .body())
                        .get("results")
                        .get(0))
                .isEqualTo(line);
    }

    @Test
    void anExpectedVersionThatIsNotTheThreadsIsAConflict() {
        HttpResponse<String> first = expecting("th_doors-version", "0");
        HttpResponse<String> second = expecting("th_doors-version", "0");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(parse(second.body()).get("code").asText()).isEqualTo("VERSION_CONFLICT");
        assertThat(parse(second.body()).get("actual").asLong()).isEqualTo(1);
        assertThat(parse(second.body()).get("expected").asLong()).isZero();
        assertThat(expecting("th_doors-version", "1").statusCode()).isEqualTo(201);
        assertThat(expecting("th_doors-version", "one").statusCode()).isEqualTo(400);
    }

    @Test
    void aTakenClockIsAConflictThatNamesTheNext() {
        server.post("/api/v1/records", JSON, record("th_doors-clock", "{}", 3));
        HttpResponse<String> other = server.post("/api/v1/records", JSON, record("th_doors-clock", "{\"n\":1}", 3));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(parse(other.body()).get("code").asText()).isEqualTo("CLOCK_CONFLICT");
        assertThat(parse(other.body()).get("expected_min").asLong()).isEqualTo(4);
    }

    @Test
    void theSameRecordFromAThousandCallersAtOnceIsOneRowOneBroadcastAndOneAnswer() throws Exception {
        HttpRequest listen = server.request(
                        "/api/v1/sse/records?thread=th_doors-thousand", "Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> heard = server.http().send(listen, HttpResponse.BodyHandlers.ofLines());
        HttpRequest request = server.request("/api/v1/records", "Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(record("th_doors-thousand", "{}", 0)))
                .build();
        List<CompletableFuture<HttpResponse<String>>> callers = IntStream.range(0, 1_000)
                .mapToObj(i -> server.http().sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        List<HttpResponse<String>> answers =
                callers.stream().map(CompletableFuture::join).toList();
        server.post("/api/v1/records", JSON, record("th_doors-thousand", "{\"end\":true}", 1));

        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(999);
        assertThat(server.read("/api/v1/threads/th_doors-thousand/records").get("records"))
                .hasSize(2);
        try (Stream<String> lines = heard.body()) {
            assertThat(lines.filter(line -> line.startsWith("data:")).takeWhile(line -> !line.contains("\"end\":true")))
                    .hasSize(1);
        }
    }

    @Test
    void theStreamTakesAnyNumberOfLinesAndAnswersEachInItsPlace() {
        int lines = 20_000;
        String body = String.join(
                "\n",
                IntStream.range(0, lines)
                        .mapToObj(i -> i % 100 == 99 ? "broken" : record("th_doors-stream", "{\"n\":" + i + "}", i))
                        .toList());
        List<String> answers = server.post("/api/v1/records/stream", NDJSON, body)
                .body()
                .lines()
                .toList();

        assertThat(answers).hasSize(lines);
        for (int i = 0; i < lines; i++) {
            assertThat(answers.get(i))
                    .contains(i % 100 == 99 ? "\"INVALID_RECORD\"" : "\"body\":{\"n\":" + i + "},\"clock\":" + i + ",");
        }
    }

    @Test
    void aBrokenItemOfABatchSpoilsNoOther() {
        String batch = "[" + record("th_doors-batch", "{}", 0) + ",{\"act\"," + record("th_doors-batch", "{}", 1) + "]";
        JsonNode whole =
                parse(server.post("/api/v1/records/batch", JSON, "[1," + record("th_doors-batch", "{}", 0) + "]")
                        .body());

        assertThat(server.post("/api/v1/records/batch", JSON, batch).statusCode())
                .isEqualTo(400);
        assertThat(whole.get("results").get(0).get("code").asText()).isEqualTo("INVALID_RECORD");
        assertThat(whole.get("results").get(1).get("version").asLong()).isZero();
    }

    @Test
    void theSocketIsForTheOwnAccountOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.data().resolve("ingest"))))
                .isEqualTo("rwx------");
    }

    private HttpResponse<String> expecting(String thread, String version) {
        HttpRequest request = server.request(
                        "/api/v1/records", "Content-Type", JSON, "Fourfold-Expect-Version", version)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"" + thread + "\",\"body\":{}}"))
                .build();
        return server.http()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private List<String> say(String line) throws IOException {
        Path path = server.data().resolve("ingest/ingest.sock");
        List<String> answers = new ArrayList<>();
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
                BufferedReader in = new BufferedReader(Channels.newReader(socket, UTF_8))) {
            socket.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
            answers.add(in.readLine());
        }
        return answers;
    }

    private static String record(String thread, String body, int clock) {
        return "{\"act\":\"DO\",\"actor\":\"did:fourfold:user:doors\",\"thread\":\"" + thread + "\",\"body\":" + body
                + ",\"clock\":" + clock + "}";
    }

    /** Without what must differ: the place in the log, and the thread of the door. */
    private static String plain(JsonNode answer, String thread) {
        ObjectNode copy = answer.deepCopy();
        copy.remove(List.of("position", "recorded_at", "id"));
        return copy.toString().replaceAll(thread + "-\\d", thread);
    }

    private static JsonNode parse(String text) {
        return TestServer.parse(text);
    }
}
