package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server and its database are killed, not stopped. */
class CrashIT {

    @Test
    void nothingAcknowledgedIsLostAndNoExecutionStaysRunning(@TempDir Path folder) throws Exception {
        try (TestServer server = new TestServer(Map.of())) {
            server.up();
            Path file = Files.writeString(folder.resolve("workflow.yaml"), """
                    id: system-slow
                    name: Slow
                    phases:
                      - id: slow
                        run: echo begun; sleep 120
                    """);
            JsonNode run = server.json(0, "run", file.toString(), "--detach", "--json");
            String id = run.get("execution_id").asText();
            Wait.until(() -> !server.read("/api/v1/events/recent?event_type=stream_chunk")
                    .get("events")
                    .isEmpty());
            List<String> acknowledged = write(server, 50);
            kill(server.file().get("pid").asLong());
            server.up();
            assertThat(acknowledged).allSatisfy(record -> assertThat(
                            server.get("/api/v1/records/" + record).statusCode())
                    .isEqualTo(200));
            Wait.until(() -> state(server, id).equals("interrupted"));
            JsonNode shown = server.json(0, "execution", "show", id, "--json");
            assertThat(shown.get("phases").get(0).get("status").asText()).isEqualTo("interrupted");
            assertThat(shown.get("error_message").asText()).contains("went away");
            assertThat(server.read("/api/v1/doctor").get("healthy").asBoolean()).isTrue();
        }
    }

    @Test
    void aKilledDatabaseComesBackByItself() throws Exception {
        try (TestServer server = new TestServer(Map.of())) {
            server.up();
            List<String> before = write(server, 10);
            kill(server.file().get("database_pid").asLong());
            Wait.until(() -> server.get("/health/ready").statusCode() == 200
                    && server.post("/api/v1/records", "application/json", record(0))
                                    .statusCode()
                            == 201);
            assertThat(before).allSatisfy(record -> assertThat(
                            server.get("/api/v1/records/" + record).statusCode())
                    .isEqualTo(200));
        }
    }

    private static List<String> write(TestServer server, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var answer = server.post("/api/v1/records", "application/json", record(i));
            assertThat(answer.statusCode()).isEqualTo(201);
            ids.add(TestServer.parse(answer.body()).get("id").asText());
        }
        return ids;
    }

    private static String record(int n) {
        return """
                {"thread":"th_crash","actor":"did:fourfold:user:test","act":"KNOW","body":{"n":%d}}""".formatted(n);
    }

    private static String state(TestServer server, String execution) {
        return server.read("/api/v1/executions/" + execution + "/state")
                .get("state")
                .asText();
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
        Wait.until(() -> ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
    }
}
