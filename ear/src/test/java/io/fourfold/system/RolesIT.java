package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that only answers, and one that only works, on one database. */
class RolesIT {

    private static Map<String, String> environment(String role, String node) {
        return new HashMap<>(Map.of("FOURFOLD_ROLE", role, "FOURFOLD_NODE", node));
    }

    @Test
    void oneTakesTheWorkInAndTheOtherDoesIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("w.yaml");
        Files.writeString(file, "{id: w, phases: [{id: one, run: 'true'}]}");
        try (TestServer front = new TestServer(environment("api", "front")).up()) {
            assertThat(front.cli("workflow", "create", file.toString()).exit()).isZero();
            String id = front.cli("run", "w", "--detach").out().strip();
            Wait.until(() -> show(front, id).at("/waiting/reason").asText().equals("no_executor"));

            Map<String, String> settings = environment("executor", "worker");
            Psql database = Psql.of(front);
            settings.put("FOURFOLD_DB_USER", "postgres");
            settings.put("FOURFOLD_DB_PASSWORD", database.password());
            try (TestServer worker = new TestServer(settings).up("--db", database.url())) {
                Wait.until(() -> show(front, id).get("status").asText().equals("completed"));
                assertThat(front.read("/api/v1/engine/nodes").get("nodes").findValuesAsText("role"))
                        .containsExactly("api", "executor");
                answersOnlyItsHealth(worker);
                assertThat(front.cli("status", "--data", front.data().toString())
                                .out())
                        .contains("front (api, up)", "worker (executor, up)");
            }
            assertThat(front.read("/api/v1/engine/nodes").get("nodes").findValuesAsText("name"))
                    .containsExactly("front");
        }
    }

    private static JsonNode show(TestServer server, String id) {
        return server.read("/api/v1/executions/" + id);
    }

    private static void answersOnlyItsHealth(TestServer worker) {
        HttpResponse<String> refused = worker.get("/api/v1/executions");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("worker has the role executor and answers only its health");
        assertThat(worker.get("/dashboard/").statusCode()).isEqualTo(503);
        assertThat(worker.get("/api/v1/sse/activity").statusCode()).isEqualTo(503);
        assertThat(worker.read("/api/v1/health").at("/node/role").asText()).isEqualTo("executor");
        assertThat(worker.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(worker.get("/health").statusCode()).isEqualTo(200);
    }
}
