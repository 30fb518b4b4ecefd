package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.orchestration.agent.ModelServer;
import io.fourfold.orchestration.workspace.TestDocker;
import io.fourfold.telemetry.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Claude Code CLI in a Docker workspace of the real server, against a scripted model API: counted, held in the
 * middle, the server killed meanwhile, and told what it may not do.
 */
@Timeout(600)
class ClaudeIT {

    /** How long it is watched doing nothing; {@code -Dfourfold.held.seconds=60} for a minute. */
    private static final int HELD_SECONDS = Integer.getInteger("fourfold.held.seconds", 4);

    private static final String LOOK = """
            [[{"text":"I will list the files."},{"tool":"Bash","input":{"command":"ls"}}],
             [{"text":"Done."}]]
            """;

    private static final String WORK = """
            [[{"text":"I work."},{"tool":"Bash","input":{"command":"sleep 5; echo one > artifacts/output/one.txt"}}],
             [{"tool":"Bash","input":{"command":"echo two > artifacts/output/two.txt"}}],
             [{"text":"Done."}]]
            """;

    private static final String WORKFLOW = """
            id: system-claude
            phases:
              - {id: work, prompt: Work., allowed_tools: [Bash]}
            """;

    @TempDir
    static Path folder;

    private static ModelServer model;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        model = ModelServer.start(
                Shared.file("tools/fake-model-server.mjs"), Files.writeString(folder.resolve("turns.json"), LOOK));
        Map<String, String> settings = new HashMap<>(Map.of(
                "FOURFOLD_WORKSPACE_BACKEND",
                "docker",
                "FOURFOLD_WORKSPACE_NETWORK",
                model.network(),
                "FOURFOLD_ANTHROPIC_BASE_URL",
                ModelServer.URL,
                "FOURFOLD_ANTHROPIC_API_KEY",
                "placeholder"));
        if (TestDocker.host() != null) {
            settings.put("FOURFOLD_DOCKER_HOST", TestDocker.host());
        }
        server = new TestServer(settings);
    }

    /** Also what a failed test left dead. */
    @BeforeEach
    void up() {
        server.up();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (model != null) {
            model.close();
        }
    }

    private static void play(String turns) throws IOException {
        Files.writeString(folder.resolve("turns.json"), turns);
        model.restart();
    }

    @Test
    void aPhaseWithAToolCallIsCountedToTheToken() throws Exception {
        play(LOOK);
        JsonNode run = run(0, WORKFLOW);
        assertThat(run.get("status").asText()).isEqualTo("completed");
        assertThat(run.get("phases").get(0).get("operations").findValuesAsText("tool_name"))
                .containsExactly("Bash");
        Usage ledger = model.ledger();
        assertThat(run.get("total_input_tokens").asLong()).isEqualTo(ledger.input());
        assertThat(run.get("total_output_tokens").asLong()).isEqualTo(ledger.output());
        assertThat(run.get("total_cache_read_tokens").asLong()).isEqualTo(ledger.cacheRead());
        assertThat(run.get("total_cache_creation_tokens").asLong()).isEqualTo(ledger.cacheCreation());
        assertThat(server.read("/api/v1/health").at("/executor/workspaces").asText())
                .isEqualTo("docker");
    }

    @Test
    void heldWhileAToolRunsItStopsAfterItsResultAndComesToTheSameEndThoughTheServerIsKilled() throws Exception {
        play(WORK);
        String id = server.json(0, "run", workflow(WORKFLOW), "--detach", "--json")
                .get("execution_id")
                .asText();
        Wait.until(() -> !events("tool_started", id).isEmpty());
        assertThat(server.post("/api/v1/executions/" + id + "/pause", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        Wait.until(() -> state(id).equals("paused"));
        assertThat(server.read("/api/v1/executions/" + id + "/records").findValuesAsText("yield_point"))
                .containsExactly("after tool Bash");
        System.out.println("held " + acknowledgedMillis(id) + " ms after the tool's result");
        WorkspaceContainer container = new WorkspaceContainer(id);
        long cpu = container.cpuTicks();
        server.kill();
        server.up();
        Thread.sleep(HELD_SECONDS * 1_000L);
        assertThat(state(id)).isEqualTo("paused");
        assertThat(container.inspected("{{.State.Paused}}")).isEqualTo("true");
        assertThat(container.cpuTicks()).isEqualTo(cpu).isPositive();
        assertThat(server.post("/api/v1/executions/" + id + "/resume", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        Wait.until(() -> state(id).equals("completed"));
        JsonNode run = server.json(0, "execution", "show", id, "--json");
        Usage ledger = model.ledger();
        assertThat(run.get("total_input_tokens").asLong()).isEqualTo(ledger.input());
        assertThat(run.get("total_output_tokens").asLong()).isEqualTo(ledger.output());
        assertThat(run.get("phases").get(0).get("operations").findValuesAsText("tool_name"))
                .containsExactly("Bash", "Bash");
        assertThat(run.get("artifact_ids")).hasSize(2);
    }

    @Test
    void aToolThatIsNotAllowedIsBlockedAndRecorded() throws Exception {
        play(WORK);
        JsonNode run = run(0, WORKFLOW.replace("[Bash]", "[Read]"));
        assertThat(run.get("artifact_ids")).isEmpty();
        assertThat(events("tool_blocked", run.get("workflow_execution_id").asText()))
                .anySatisfy(
                        event -> assertThat(event.findValuesAsText("tool_name")).contains("Bash"));
    }

    @Test
    void anAgentOverItsBudgetIsStoppedWithinOneCall() throws Exception {
        play(WORK);
        JsonNode run = run(1, WORKFLOW.replace("[Bash]", "[Bash], max_cost_usd: 0.0001"));
        assertThat(run.get("phases").get(0).get("failure_reason").asText()).isEqualTo("budget");
        assertThat(run.get("artifact_ids")).isEmpty();
    }

    /** From the line that is the yield point to the record of the pause. */
    private static long acknowledgedMillis(String execution) {
        Wait.until(() -> !events("tool_completed", execution).isEmpty());
        String result =
                events("tool_completed", execution).getFirst().get("time").asText();
        String paused = "";
        for (JsonNode body :
                server.read("/api/v1/executions/" + execution + "/records").findValues("body")) {
            paused = body.path("kind").asText().equals("execution.paused.v1")
                    ? body.path("at").asText()
                    : paused;
        }
        return Duration.between(Instant.parse(result), Instant.parse(paused)).toMillis();
    }

    private static JsonNode run(int exit, String workflow) throws IOException {
        return server.json(exit, "run", workflow(workflow), "--json");
    }

    private static String workflow(String text) throws IOException {
        return Files.writeString(folder.resolve("workflow.yaml"), text).toString();
    }

    /** The newest first. */
    private static List<JsonNode> events(String type, String execution) {
        List<JsonNode> events = new ArrayList<>();
        server.read("/api/v1/events/recent?limit=50&event_type=" + type)
                .get("events")
                .forEach(event -> {
                    if (event.path("execution_id").asText().equals(execution)) {
                        events.add(event);
                    }
                });
        return events;
    }

    private static String state(String execution) {
        return server.read("/api/v1/executions/" + execution + "/state")
                .get("state")
                .asText();
    }
}
