package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.orchestration.agent.ModelServer;
import io.fourfold.orchestration.workspace.TestDocker;
import io.fourfold.telemetry.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Claude Code CLI in a Docker workspace of the real server, against a scripted model API. */
@Timeout(600)
class ClaudeIT {

    @Test
    void aPhaseWithAToolCallIsCountedToTheToken(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("workflow.yaml"), """
                id: system-claude
                name: Claude
                phases:
                  - id: look
                    prompt: List the files.
                    allowed_tools: [Bash]
                """);
        try (ModelServer model = ModelServer.start(Shared.file("tools/fake-model-server.mjs"));
                TestServer server = new TestServer(settings(model))) {
            server.up();
            JsonNode run = server.json(0, "run", file.toString(), "--json");
            JsonNode phase = run.get("phases").get(0);
            assertThat(run.get("status").asText()).isEqualTo("completed");
            assertThat(phase.get("operations").findValuesAsText("tool_name")).containsExactly("Bash");
            Usage ledger = model.ledger();
            assertThat(run.get("total_input_tokens").asLong()).isEqualTo(ledger.input());
            assertThat(run.get("total_output_tokens").asLong()).isEqualTo(ledger.output());
            assertThat(run.get("total_cache_read_tokens").asLong()).isEqualTo(ledger.cacheRead());
            assertThat(run.get("total_cache_creation_tokens").asLong()).isEqualTo(ledger.cacheCreation());
            assertThat(server.read("/api/v1/health")
                            .get("executor")
                            .get("workspaces")
                            .asText())
                    .isEqualTo("docker");
        }
    }

    static Map<String, String> settings(ModelServer model) {
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
        return settings;
    }
}
