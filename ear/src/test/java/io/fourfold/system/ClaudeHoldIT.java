package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.orchestration.agent.ModelServer;
import io.fourfold.orchestration.workspace.TestDocker;
import io.fourfold.telemetry.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Claude Code CLI in Docker: held in the middle, the server killed meanwhile, and told what it may not do. */
@Timeout(600)
class ClaudeHoldIT {

    /** How long it is watched doing nothing; {@code -Dfourfold.held.seconds=60} for a minute. */
    private static final int HELD_SECONDS = Integer.getInteger("fourfold.held.seconds", 4);

    private static final String TURNS = """
            [[{"text":"I work."},{"tool":"Bash","input":{"command":"sleep 5; echo one > artifacts/output/one.txt"}}],
             [{"tool":"Bash","input":{"command":"echo two > artifacts/output/two.txt"}}],
             [{"text":"Done."}]]
            """;

    private static final String WORKFLOW = """
            id: system-hold
            phases:
              - {id: work, prompt: Work., allowed_tools: [Bash]}
            """;

    @Test
    void heldWhileAToolRunsItStopsAfterItsResultAndComesToTheSameEndThoughTheServerIsKilled(@TempDir Path folder)
            throws Exception {
        Path turns = Files.writeString(folder.resolve("turns.json"), TURNS);
        try (ModelServer model = ModelServer.start(Shared.file("tools/fake-model-server.mjs"), turns);
                TestServer server = new TestServer(ClaudeIT.settings(model))) {
            server.up();
            String id = begun(server, folder, WORKFLOW);
            assertThat(server.post("/api/v1/executions/" + id + "/pause", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
            Wait.until(() -> state(server, id).equals("paused"));
            assertThat(server.read("/api/v1/executions/" + id + "/records").findValuesAsText("yield_point"))
                    .containsExactly("after tool Bash");
            System.out.println("held " + acknowledgedMillis(server, id) + " ms after the tool's result");
            long cpu = cpuTicks();
            server.kill();
            server.up();
            Thread.sleep(HELD_SECONDS * 1_000L);
            assertThat(state(server, id)).isEqualTo("paused");
            assertThat(inspected("{{.State.Paused}}")).isEqualTo("true");
            assertThat(cpuTicks()).isEqualTo(cpu).isPositive();
            assertThat(server.post("/api/v1/executions/" + id + "/resume", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
            Wait.until(() -> state(server, id).equals("completed"));
            JsonNode run = server.json(0, "execution", "show", id, "--json");
            Usage ledger = model.ledger();
            assertThat(run.get("total_input_tokens").asLong()).isEqualTo(ledger.input());
            assertThat(run.get("total_output_tokens").asLong()).isEqualTo(ledger.output());
            assertThat(run.get("phases").get(0).get("operations").findValuesAsText("tool_name"))
                    .containsExactly("Bash", "Bash");
            assertThat(run.get("artifact_ids")).hasSize(2);
        }
    }

    @Test
    void aToolThatIsNotAllowedIsBlockedAndRecorded(@TempDir Path folder) throws Exception {
        Path turns = Files.writeString(folder.resolve("turns.json"), TURNS);
        try (ModelServer model = ModelServer.start(Shared.file("tools/fake-model-server.mjs"), turns);
                TestServer server = new TestServer(ClaudeIT.settings(model))) {
            server.up();
            Path file = Files.writeString(folder.resolve("workflow.yaml"), WORKFLOW.replace("[Bash]", "[Read]"));
            JsonNode run = server.json(0, "run", file.toString(), "--json");
            assertThat(run.get("artifact_ids")).isEmpty();
            JsonNode events = server.read("/api/v1/events/recent?event_type=tool_blocked&limit=50");
            assertThat(events.findValuesAsText("tool_name")).contains("Bash");
        }
    }

    @Test
    void anAgentOverItsBudgetIsStoppedWithinOneCall(@TempDir Path folder) throws Exception {
        Path turns = Files.writeString(folder.resolve("turns.json"), TURNS);
        try (ModelServer model = ModelServer.start(Shared.file("tools/fake-model-server.mjs"), turns);
                TestServer server = new TestServer(ClaudeIT.settings(model))) {
            server.up();
            Path file = Files.writeString(
                    folder.resolve("workflow.yaml"), WORKFLOW.replace("[Bash]", "[Bash], max_cost_usd: 0.0001"));
            JsonNode run = server.json(1, "run", file.toString(), "--json");
            assertThat(run.get("phases").get(0).get("failure_reason").asText()).isEqualTo("budget");
            assertThat(run.get("artifact_ids")).isEmpty();
        }
    }

    /** From the line that is the yield point to the record of the pause. */
    private static long acknowledgedMillis(TestServer server, String execution) {
        String path = "/api/v1/events/recent?event_type=tool_completed";
        Wait.until(() -> !server.read(path).get("events").isEmpty());
        String result = server.read(path).get("events").get(0).get("time").asText();
        JsonNode records = server.read("/api/v1/executions/" + execution + "/records");
        String paused = "";
        for (JsonNode body : records.findValues("body")) {
            paused = body.path("kind").asText().equals("execution.paused.v1")
                    ? body.path("at").asText()
                    : paused;
        }
        return Duration.between(Instant.parse(result), Instant.parse(paused)).toMillis();
    }

    private static String begun(TestServer server, Path folder, String workflow) throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.yaml"), workflow);
        String id = server.json(0, "run", file.toString(), "--detach", "--json")
                .get("execution_id")
                .asText();
        Wait.until(() -> !server.read("/api/v1/events/recent?event_type=tool_started")
                .get("events")
                .isEmpty());
        return id;
    }

    private static String state(TestServer server, String execution) {
        return server.read("/api/v1/executions/" + execution + "/state")
                .get("state")
                .asText();
    }

    /** What the engine says about the one workspace there is. */
    private static String inspected(String format) throws IOException, InterruptedException {
        String id = docker("ps", "--quiet", "--no-trunc", "--filter", "label=fourfold.workspace");
        assertThat(id.lines()).hasSize(1);
        return docker("inspect", "--format", format, id);
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        if (TestDocker.host() != null) {
            command.addAll(List.of("--host", TestDocker.host()));
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Of all processes of the workspace's container. */
    private static long cpuTicks() throws IOException, InterruptedException {
        String name = Files.readString(Path.of("/proc/" + inspected("{{.State.Pid}}") + "/cgroup"));
        long sum = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path proc = Path.of("/proc/" + process.pid());
            if (read(proc.resolve("cgroup")).equals(name)) {
                String stat = read(proc.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                sum += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return sum;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return ")  0 0 0 0 0 0 0 0 0 0 0 0 0 0";
        }
    }
}
