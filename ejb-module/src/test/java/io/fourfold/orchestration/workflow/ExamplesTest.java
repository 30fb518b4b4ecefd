package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.ClaudeAgent;
import io.fourfold.orchestration.agent.CommandAgent;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.agent.ReplayAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows in {@code examples/} are as good as their README says. */
final class ExamplesTest {

    private static final Agents AGENTS = new Agents(
            List.of(new ClaudeAgent("claude", "key", "", () -> Prices.DEFAULT), new CommandAgent(), new ReplayAgent()));

    @TempDir
    Path folder;

    private static WorkflowYaml.Result read(String example) throws IOException {
        Path home = Yaml.examples().resolve(example);
        String text = Files.readString(home.resolve("workflow.yaml"));
        return new WorkflowYaml(phase -> AGENTS.of(phase.agent()).cannot(phase))
                .read(text, "workflow.yaml", Yaml.folder(home));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "checks", "research", "claude-fix"})
    void itIsReadWithoutAProblemAndFitsTheSchema(String example) throws IOException {
        assertThat(Yaml.problems(read(example))).isEmpty();
        String text = Files.readString(Yaml.examples().resolve(example).resolve("workflow.yaml"));
        assertThat(WorkflowSchema.WORKFLOW.check(YamlReader.read(text, "workflow.yaml")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "checks", "research", "claude-fix"})
    void theFilesItNeedsAreThere(String example) throws IOException {
        Path home = Yaml.examples().resolve(example);
        List<String> needed = WorkflowYaml.neededFiles(Files.readString(home.resolve("workflow.yaml")));

        assertThat(needed).allSatisfy(path -> assertThat(home.resolve(path)).exists());
        assertThat(((WorkflowYaml.Result.Read) read(example)).used())
                .containsExactlyElementsOf(
                        needed.stream().filter(path -> !path.endsWith("/")).toList());
    }

    @Test
    void everyFolderIsTested() throws IOException {
        try (Stream<Path> folders = Files.list(Yaml.examples())) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("hello", "checks", "research", "claude-fix");
        }
    }

    @Test
    void theSampleStandsAsItIs() throws IOException {
        assertThat(Files.readString(Yaml.examples().resolve("research/workflow.yaml")))
                .endsWith(Yaml.SAMPLE);
    }

    @Test
    void theChecksPassOnAGoodRepository() throws Exception {
        Path repo = repository();

        assertThat(phase("statistics", repo).exitCode).isZero();
        assertThat(phase("check", repo).output).contains("passed: objects whole, 1 files");
        Phase report = ((WorkflowYaml.Result.Read) read("checks"))
                .definition()
                .phases()
                .get(2);
        for (String path : report.inputArtifacts()) {
            Files.createDirectories(
                    folder.resolve("artifacts/input").resolve(path).getParent());
            Files.move(
                    folder.resolve("artifacts/output").resolve(Path.of(path).getFileName()),
                    folder.resolve("artifacts/input").resolve(path));
        }
        assertThat(phase("report", repo).output)
                .contains("# Checks of /some/'where", "commits:    1", "passed: objects whole");
        assertThat(folder.resolve("artifacts/output/report.md")).isNotEmptyFile();
    }

    @Test
    void theCheckFailsOnABrokenRepository() throws Exception {
        Path repo = repository();
        try (Stream<Path> objects = Files.walk(repo.resolve(".git/objects"))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                object.toFile().setWritable(true);
                Files.writeString(object, "broken");
            }
        }

        Ran check = phase("check", repo);

        assertThat(check.exitCode).isEqualTo(1);
        assertThat(check.output).contains("FAILED: git fsck finds the repository broken");
    }

    private record Ran(int exitCode, String output) {}

    private Ran phase(String id, Path repo) throws IOException, InterruptedException {
        Phase phase = ((WorkflowYaml.Result.Read) read("checks"))
                .definition().phases().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow();
        Files.createDirectories(folder.resolve("artifacts/output"));
        Prompt.Values values = new Prompt.Values(
                "exec-1",
                "checks",
                "https://example.org/some/where.git",
                Map.of("repo", "/some/'where", "ref", "main"),
                Map.of(),
                null,
                folder.toString());
        return sh(repo, Prompt.assemble(phase, values));
    }

    private Path repository() throws IOException, InterruptedException {
        Path repo = Files.createDirectories(folder.resolve("repos/some__where"));
        Files.writeString(repo.resolve("a.txt"), "a\n");
        Ran made = sh(
                repo, "git init -q . && git add . && git -c user.name=a -c user.email=a@example.org commit -qm first");
        assertThat(made.exitCode).as(made.output).isZero();
        return repo;
    }

    private static Ran sh(Path folder, String command) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
