package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one server exports, another installs, and it is the same. */
class ExportIT {

    private final TestServer server = TestServer.shared();

    @TempDir
    Path folder;

    private static Map<String, String> files(Path home) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        home.relativize(path).toString(),
                        new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /** Per phase: its id, its state, its tokens, and its artifacts by name and hash. */
    private static List<String> outputs(TestServer on, String workflow) {
        JsonNode run = on.json(0, "run", workflow, "--task", "Say hello", "--json");
        List<String> outputs = new ArrayList<>();
        run.get("phases")
                .forEach(phase -> outputs.add(phase.get("phase_id").asText() + " "
                        + phase.get("status").asText() + " " + phase.get("total_tokens")));
        run.get("artifact_ids").forEach(id -> {
            JsonNode artifact = on.json(0, "artifact", "get", id.asText(), "--json");
            outputs.add(artifact.get("title").asText() + " "
                    + artifact.get("content").asText());
        });
        return outputs;
    }

    private Path exported(TestServer from, String workflow, String to) {
        Path home = folder.resolve(to);
        assertThat(from.cli("workflow", "export", workflow, "--to", home.toString())
                        .exit())
                .isZero();
        return home;
    }

    @Test
    void whatIsInstalledElsewhereDoesTheSameAndIsExportedAsTheSameBytes() throws Exception {
        server.json(0, "workflow", "create", RunIT.example("hello"), "--json");
        Path once = exported(server, "hello", "once");
        assertThat(files(once)).containsKeys("fourfold.yaml", "workflow.yaml").hasSizeGreaterThan(3);
        List<String> here = outputs(server, "hello");
        assertThat(here).hasSizeGreaterThan(2);
        try (TestServer other = new TestServer(Map.of()).up()) {
            JsonNode installed = other.json(0, "workflow", "install", once.toString(), "--json");
            assertThat(installed.get("name").asText()).isEqualTo("hello");
            assertThat(outputs(other, "hello")).isEqualTo(here);
            assertThat(files(exported(other, "hello", "twice"))).isEqualTo(files(once));
        }
    }

    @Test
    void bytesThatAreNoTextSurvive() throws Exception {
        Path source = Files.createDirectories(folder.resolve("binary"));
        Files.createDirectories(source.resolve("r/workspace"));
        Files.writeString(source.resolve("workflow.yaml"), """
                id: export-binary
                phases:
                  - {id: one, agent: replay, recording: r/a.jsonl}
                """);
        Files.writeString(source.resolve("r/a.jsonl"), "{}\n");
        Files.write(source.resolve("r/workspace/picture"), new byte[] {(byte) 0xff, 0, (byte) 0xd8, 10});
        server.json(0, "workflow", "create", source.toString(), "--json");
        Path home = exported(server, "export-binary", "bytes");
        assertThat(Files.readAllBytes(home.resolve("r/workspace/picture"))).containsExactly(0xff, 0, 0xd8, 10);
        Files.writeString(home.resolve("workflow.yaml"), "id: mine\n");
        Cli.Result refused = server.cli("workflow", "export", "export-binary", "--to", home.toString());
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(Files.readString(home.resolve("workflow.yaml"))).isEqualTo("id: mine\n");
    }

    @Test
    void aWorkflowIsACommandOfClaudeCode() throws Exception {
        server.json(0, "workflow", "create", RunIT.example("research"), "--json");
        Cli.Result result =
                server.cli("workflow", "export", "research", "--to", folder.toString(), "--as", "claude-command");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(folder.resolve(".claude/commands/research.md")))
                .startsWith("---\ndescription: ")
                .contains("$ARGUMENTS");
        assertThat(server.cli("workflow", "delete", "research").exit()).isZero();
    }
}
