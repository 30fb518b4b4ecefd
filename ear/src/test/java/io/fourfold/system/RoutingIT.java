package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Where records go, and how soon a change of the rules counts. */
class RoutingIT {

    private static final int WRITERS = 4;

    /** Each writer sends a batch of this size ten times a second: 600 records a second in all. */
    private static final int BATCH = 15;

    private static final long BATCH_NANOS = 100_000_000L;

    private static final int CHANGES = 12;

    private static JsonNode post(TestServer server, String path, String body, int status) {
        var answer = server.post(path, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return TestServer.parse(answer.body());
    }

    private static String intend(TestServer server, String thread) {
        return post(server, "/api/v1/records", """
                {"thread":"%s","actor":"did:fourfold:user:test","act":"INTEND","body":{"kind":"flow"}}""".formatted(thread), 201)
                .get("id")
                .asText();
    }

    /** Writes on at its pace until it is over; how many records were taken. */
    private static int flow(TestServer server, String thread, AtomicBoolean over) {
        String record = """
                {"thread":"%s","actor":"did:fourfold:user:test","act":"INTEND","body":{"kind":"flow"}}""".formatted(thread);
        String batch = "[" + String.join(",", Collections.nCopies(BATCH, record)) + "]";
        int written = 0;
        for (long next = System.nanoTime(); !over.get(); next += BATCH_NANOS) {
            LockSupport.parkNanos(next - System.nanoTime());
            JsonNode results = post(server, "/api/v1/records/batch", batch, 200).get("results");
            assertThat(results.findValues("id")).hasSize(BATCH);
            written += BATCH;
        }
        return written;
    }

    private static void rule(TestServer server, int version) {
        post(server, "/api/v1/config/routing_rule", """
                {"name":"flow","expression":"record.body.kind == 'flow'","target":"did:fourfold:user:t%d"}""".formatted(version), 201);
    }

    private static JsonNode route(TestServer server, String record) {
        Wait.until(() -> server.get("/api/v1/records/" + record + "/route").statusCode() == 200);
        return server.read("/api/v1/records/" + record + "/route");
    }

    @Test
    void theFirstRecordAfterARuleWasAcknowledgedObeysItWhileOthersFlowAndNoneIsMissed() throws Exception {
        try (TestServer server = new TestServer(Map.of());
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            server.up();
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Integer>> flowing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String thread = "th_flow." + writer;
                flowing.add(threads.submit(() -> flow(server, thread, over)));
            }
            long begin = System.nanoTime();
            for (int version = 0; version < CHANGES; version++) {
                rule(server, version);
                JsonNode trace = route(server, intend(server, "th_probe"));
                assertThat(trace.get("decided_by").asText()).isEqualTo("routing_rule");
                assertThat(trace.get("target").asText()).isEqualTo("did:fourfold:user:t" + version);
            }
            over.set(true);
            long flowed = 0;
            for (Future<Integer> writer : flowing) {
                int written = writer.get();
                assertThat(written).isPositive();
                flowed += written;
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%d changes while %.0f records a second flowed%n", CHANGES, flowed / seconds);
            long all = flowed + CHANGES;
            Wait.until(() -> server.read("/api/v1/dispatches").get("total").asLong() == all);
        }
    }

    @Test
    void aDraftIsPredictedAndStaysUnstored() {
        TestServer server = TestServer.shared();
        JsonNode trace = post(server, "/api/v1/records/route", """
                {"thread":"th_draft","actor":"did:fourfold:user:test","act":"INTEND","body":{"to":"did:x:nobody"}}""", 200);
        assertThat(trace.get("decided_by").asText()).isEqualTo("explicit_target");
        assertThat(trace.get("considered")).hasSize(6);
        assertThat(server.get("/api/v1/threads/th_draft").statusCode()).isEqualTo(404);
        JsonNode skipped = post(server, "/api/v1/records/route", """
                {"thread":"th_draft","actor":"did:fourfold:user:test","act":"KNOW","body":{}}""", 200);
        assertThat(skipped.get("skipped").asText()).isEqualTo("neither an intent nor addressed");
    }

    @Test
    void whatNobodyIsFoundForIsInTheQueueForPeopleUntilSomebodyAnswersIt() {
        TestServer server = TestServer.shared();
        String record = post(server, "/api/v1/records", """
                {"thread":"th_lost","actor":"did:fourfold:user:test","act":"INTEND","body":{"goal":"who?"}}""", 201).get("id").asText();
        assertThat(route(server, record).get("decided_by").asText()).isEqualTo("default");
        Wait.until(() -> unrouted(server, record));
        post(server, "/api/v1/records", """
                {"thread":"th_lost","actor":"did:fourfold:user:bob","act":"KNOW","body":{"fulfills":"%s"}}""".formatted(record), 201);
        Wait.until(() -> !unrouted(server, record));
        Cli.Result shown = server.cli("record", "route", record);
        assertThat(shown.out()).contains("Decided by default: left to people", "missed  trust");
    }

    private static boolean unrouted(TestServer server, String record) {
        for (JsonNode row : server.read("/api/v1/unrouted").get("unrouted")) {
            if (row.get("record").asText().equals(record)) {
                return true;
            }
        }
        return false;
    }
}
