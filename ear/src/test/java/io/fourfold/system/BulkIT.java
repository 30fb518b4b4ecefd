package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One verb for many executions at work. */
class BulkIT {

    private static final String JSON = "application/json";
    private static final int MANY = 6;

    private final TestServer server = TestServer.shared();

    @Test
    void manyAreCancelledAndOthersAreNot(@TempDir Path folder) throws IOException {
        String bulk = workflow(folder, "bulk-it", "sleep 60");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ids.add(start(bulk));
        }
        String other = start(workflow(folder, "bulk-other-it", "sleep 60"));

        JsonNode dry = server.json(0, "execution", "cancel", "--all", "--workflow", bulk, "--dry-run", "--json");
        assertThat(dry.path("matched").asInt()).isEqualTo(MANY);
        assertThat(dry.path("accepted").asInt()).isEqualTo(MANY);
        assertThat(dry.path("results").findValuesAsText("execution_id")).containsExactlyElementsOf(ids);
        assertThat(ids).allSatisfy(id -> assertThat(status(id)).isIn("not_started", "running"));

        Cli.Result cancelled = server.cli("execution", "cancel", "--all", "--workflow", bulk, "--force");
        assertThat(cancelled.exit()).as(cancelled.err()).isZero();
        assertThat(cancelled.out()).contains(ids);
        assertThat(ids).allSatisfy(id -> assertThat(status(id)).isEqualTo("cancelled"));
        assertThat(status(other)).isIn("not_started", "running");
        assertThat(server.cli("execution", "cancel", other, "--force").exit()).isZero();
    }

    @Test
    void eachRefusesByItself(@TempDir Path folder) throws IOException {
        String workflow = workflow(folder, "bulk-refused-it", "exit 3");
        String id = start(workflow);
        Wait.until(() -> status(id).equals("failed"));
        JsonNode answer = TestServer.parse(server.post("/api/v1/executions/bulk", JSON, """
                        {"verb": "pause", "filter": {"status": ["failed"], "workflow_id": "%s"}}
                        """.formatted(workflow))
                .body());
        assertThat(answer.path("refused").asInt()).isEqualTo(1);
        JsonNode one = answer.path("results").path(0);
        assertThat(one.path("code").asText()).isEqualTo("WRONG_STATE");
        assertThat(one.path("error").asText()).isEqualTo("Expected RUNNING, but " + id + " is FAILED");
        assertThat(server.cli("execution", "pause", "--all", "--status", "failed", "--workflow", workflow)
                        .exit())
                .isEqualTo(1);
        JsonNode retried = server.json(0, "execution", "retry", "--all", "--workflow", workflow, "--json");
        assertThat(retried.path("accepted").asInt()).isEqualTo(1);
        Wait.until(() -> status(id).equals("failed"));
    }

    @Test
    void whatIsNotUnderstoodIsRefusedBeforeAnythingIsDone() {
        assertThat(refused("{\"verb\": \"stop\", \"filter\": {}}")).contains("verb: expected one of [pause, resume");
        assertThat(refused("{\"verb\": \"cancel\"}")).contains("filter: expected a value");
        assertThat(refused("{\"verb\": \"retry\", \"filter\": {}, \"force\": true}"))
                .contains("force: expected it only for cancel");
        assertThat(refused("{\"verb\": \"retry\", \"filter\": {}, \"reason\": \"x\"}"))
                .contains("reason: expected none");
        assertThat(refused("{\"verb\": \"cancel\", \"filter\": {\"colour\": \"red\"}}"))
                .contains("filter.colour: expected one of");
        assertThat(refused("{\"verb\": \"cancel\", \"filter\": {\"started_before\": \"noon\"}}"))
                .contains("filter.started_before: expected a time");
        assertThat(refused("{\"verb\": \"cancel\", \"filter\": {\"status\": [\"odd\"]}}"))
                .contains("status: expected one of");
        assertThat(server.cli("execution", "cancel").exit()).isEqualTo(2);
        assertThat(server.cli("execution", "cancel", "exec-1", "--all").exit()).isEqualTo(2);
        assertThat(server.cli("execution", "cancel", "exec-1", "--dry-run").exit())
                .isEqualTo(2);
    }

    private String refused(String body) {
        var answer = server.post("/api/v1/executions/bulk", JSON, body);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private String workflow(Path folder, String id, String line) throws IOException {
        Path file = Files.writeString(folder.resolve(id + ".yaml"), """
                id: %s
                phases:
                  - id: only
                    run: %s
                """.formatted(id, line));
        Cli.Result created = server.cli("workflow", "create", file.toString());
        assertThat(created.exit()).as(created.err()).isZero();
        return id;
    }

    private String start(String workflow) {
        return TestServer.parse(server.post("/api/v1/workflows/" + workflow + "/execute", JSON, "{}")
                        .body())
                .path("execution_id")
                .asText();
    }

    private String status(String id) {
        return server.read("/api/v1/executions/" + id + "/state").path("state").asText();
    }
}
