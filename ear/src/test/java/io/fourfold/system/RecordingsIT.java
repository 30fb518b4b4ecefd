package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sessions of the Claude Code CLI, played again: what they used is known to the token. */
class RecordingsIT {

    private final TestServer server = TestServer.shared();

    static Stream<String> names() {
        return Stream.of(
                "v2.0.74_claude-sonnet-4-5_simple-question",
                "v2.0.74_claude-sonnet-4-5_simple-bash",
                "v2.0.74_claude-sonnet-4-5_file-create",
                "artifact-write",
                "v2.0.76_claude-haiku-4-5_subagent-concurrent");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aReplayedSessionHasExactlyItsTokensCostModelsAndTools(String name, @TempDir Path folder) throws IOException {
        JsonNode expected = TestServer.JSON
                .readTree(Shared.file("fixtures/agent-recordings/EXPECTED.json").toFile())
                .get(name);
        lay(name, folder);
        JsonNode run = server.json(0, "run", folder.resolve("workflow.yaml").toString(), "--json");
        JsonNode execution = server.json(
                0, "execution", "show", run.get("workflow_execution_id").asText(), "--json");
        JsonNode phase = execution.get("phases").get(0);
        same(expected, phase, "cost_usd");
        assertThat(tools(phase.get("operations"))).isEqualTo(texts(expected.get("tools")));
        JsonNode session =
                server.json(0, "session", "show", phase.get("session_id").asText(), "--json");
        same(expected, session, "total_cost_usd");
        assertThat(tools(session.get("operations"))).isEqualTo(texts(expected.get("tools")));
        List<String> models = new ArrayList<>();
        session.get("cost_by_model").fieldNames().forEachRemaining(models::add);
        assertThat(models).isEqualTo(texts(expected.get("models")));
    }

    private static void lay(String name, Path folder) throws IOException {
        Path own = Shared.file("fixtures/agent-recordings").resolve(name + ".jsonl");
        Path source = Files.exists(own) ? own : Shared.file("fixtures/agent-recordings/" + name + "/events.jsonl");
        Path target = Files.createDirectories(folder.resolve("recording"));
        Files.copy(source, target.resolve("events.jsonl"));
        Path left = source.resolveSibling("workspace/artifacts/output/summary.md");
        if (source.endsWith("events.jsonl") && Files.exists(left)) {
            Path output = Files.createDirectories(target.resolve("workspace/artifacts/output"));
            Files.copy(left, output.resolve("summary.md"));
        }
        Files.writeString(folder.resolve("workflow.yaml"), """
                id: recording-%s
                name: A recording
                phases:
                  - id: play
                    agent: replay
                    recording: recording/events.jsonl
                    pace: 0
                """.formatted(name.replace('_', '-')));
    }

    private static void same(JsonNode expected, JsonNode actual, String cost) {
        for (String field : List.of("input_tokens", "output_tokens", "cache_creation_tokens", "cache_read_tokens")) {
            assertThat(actual.get(field).asLong())
                    .as(field)
                    .isEqualTo(expected.get(field).asLong());
        }
        assertThat(actual.get(cost).asText()).isEqualTo(expected.get("cost_usd").asText());
    }

    private static List<String> tools(JsonNode operations) {
        List<String> names = new ArrayList<>();
        operations.forEach(o -> {
            if (o.get("operation_type").asText().equals("tool_started")) {
                names.add(o.get("tool_name").asText());
            }
        });
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
