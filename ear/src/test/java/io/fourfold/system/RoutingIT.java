package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Where records go, and how soon a change of the rules counts. */
class RoutingIT {

    private static final int WRITERS = 4;
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
                Callable<Integer> write = () -> {
                    int written = 0;
                    for (; !over.get(); written++) {
                        intend(server, thread);
                    }
                    return written;
                };
                flowing.add(threads.submit(write));
            }
            for (int version = 0; version < CHANGES; version++) {
                rule(server, version);
                JsonNode trace = route(server, intend(server, "th_probe"));
                assertThat(trace.get("decided_by").asText()).isEqualTo("routing_rule");
                assertThat(trace.get("target").asText()).isEqualTo("did:fourfold:user:t" + version);
            }
            over.set(true);
            long written = CHANGES;
            for (Future<Integer> writer : flowing) {
                written += writer.get();
            }
            long all = written;
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
