package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Workflows as tests write them. */
final class Yaml {

    static final String SAMPLE = """
            id: research
            name: Research
            phases:
              - id: discovery
                prompt: Find what there is to know about $ARGUMENTS
                model: haiku
              - id: synthesis
                prompt: Write a summary of {{discovery}}
                model: sonnet
            """;

    private Yaml() {}

    static WorkflowYaml.Result read(String text, Map<String, String> files) {
        return new WorkflowYaml(phase -> Optional.empty()).read(text, "workflow.yaml", in(files));
    }

    static Function<String, Optional<byte[]>> in(Map<String, String> files) {
        return path -> Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static WorkflowDefinition good(String text, Map<String, String> files) {
        WorkflowYaml.Result result = read(text, files);
        assertThat(result).as(() -> problems(result).toString()).isInstanceOf(WorkflowYaml.Result.Read.class);
        return ((WorkflowYaml.Result.Read) result).definition();
    }

    static WorkflowDefinition good(String text) {
        return good(text, Map.of());
    }

    static List<String> problems(String text, Map<String, String> files) {
        return problems(read(text, files));
    }

    static List<String> problems(WorkflowYaml.Result result) {
        return switch (result) {
            case WorkflowYaml.Result.Read(WorkflowDefinition definition, var used) -> List.of();
            case WorkflowYaml.Result.Broken(List<Problem> problems) ->
                problems.stream().map(Problem::text).toList();
        };
    }

    /** One phase with more fields, indented as a phase's are. */
    static String phase(String fields) {
        return "id: w\nphases:\n  - id: one\n" + fields.indent(4);
    }

    /** The folder examples/ of the source tree. */
    static Path examples() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("examples")) ? here.resolve("examples") : here.resolveSibling("examples");
    }

    static Function<String, Optional<byte[]>> folder(Path folder) {
        return path -> {
            try {
                Path file = folder.resolve(path);
                return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        };
    }
}
