package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowTextTest {

    private static final Map<String, String> FILES = Map.of("r/a.jsonl", "{}");

    private static final String ALL = """
            id: all
            name: "yes"
            description: "Two lines\\nand a \\"quote\\""
            type: review
            classification: epic
            project_name: "007"
            repository: {url: "octo/{{repo}}", ref: v1}
            repos: [octo/other]
            requires_repos: true
            inputs:
              - {name: repo, description: "Which: one", required: false, default: 5}
              - {name: who}
            concurrency: {key: "{{who}}-{{repo}}", limit: 2, behavior: REPLACE}
            phases:
              - id: one
                name: First
                order: 3
                description: "# not a comment"
                argument_hint: "[what]"
                prompt: |
                  A first line with {{repo}} and 'quotes'
                    indented

                  and $ARGUMENTS
                model: opus
                allowed_tools: [Read, "Bash(git log:*)"]
                max_tokens: 5000
                timeout_seconds: 60
                max_cost_usd: "0.50"
                output_artifacts: [artifacts/output/a.md]
                execution_type: human_in_loop
              - {id: two, order: 5, run: "echo 'trailing ' ", execution_type: parallel, input_artifacts: [a.md]}
              - {id: three, order: 5, agent: replay, recording: r/a.jsonl, pace: 0.5, prompt: "{{one}}",
                 execution_type: parallel, when: "inputs.who == 'me'"}
            """;

    private static WorkflowDefinition again(WorkflowDefinition definition) {
        return Yaml.good(WorkflowText.of(definition), FILES);
    }

    @Test
    void allThatCanBeSaidIsReadAsItWasMeant() {
        WorkflowDefinition all = Yaml.good(ALL, FILES);
        assertThat(again(all)).isEqualTo(all);
        assertThat(WorkflowText.of(again(all))).isEqualTo(WorkflowText.of(all));
    }

    @Test
    void whatIsTheDefaultIsLeftOutAndPromptsAreBlocks() {
        assertThat(WorkflowText.of(Yaml.good(Yaml.SAMPLE.replace(
                        "Find what there is to know about $ARGUMENTS", "|\n      Find it:\n      $ARGUMENTS"))))
                .isEqualTo("""
                        id: research
                        name: Research
                        phases:
                          - id: discovery
                            model: haiku
                            prompt: |
                              Find it:
                              $ARGUMENTS
                          - id: synthesis
                            prompt: Write a summary of {{discovery}}
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n leading",
                "tab\there",
                "ends with a newline\n",
                "ends with two\n\n",
                "trailing space \nnext",
                "ü \u2028 separators",
                "---\nfence",
                "- list\n- more",
                "null",
                "~",
                "0x1F",
                "1e3",
                "2026-01-01",
                "@at",
                "\u0007bell",
                "#c",
                "a: b",
                "a #c",
                "'",
                "\"",
                "\\n",
                "😀\nmore",
                "line\r\nend",
                " "
            })
    void everyTextSurvives(String text) {
        WorkflowDefinition plain = Yaml.good("id: w\nphases: [{id: one, prompt: x}]\n");
        Phase phase = plain.phases().getFirst();
        WorkflowDefinition odd =
                plain.with(phase.with(text, phase.model(), phase.timeoutSeconds(), phase.allowedTools()));
        assertThat(again(odd).phases().getFirst().prompt()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checks", "research", "claude-fix", "hello"})
    void theExamplesSurvive(String example) throws Exception {
        var home = Yaml.examples().resolve(example);
        String text = Files.readString(home.resolve("workflow.yaml"));
        WorkflowYaml yaml = new WorkflowYaml(phase -> Optional.empty());
        WorkflowDefinition first =
                ((WorkflowYaml.Result.Read) yaml.read(text, "workflow.yaml", Yaml.folder(home))).definition();
        WorkflowYaml.Result second = yaml.read(WorkflowText.of(first), "workflow.yaml", Yaml.folder(home));
        assertThat(Yaml.problems(second)).isEmpty();
        assertThat(((WorkflowYaml.Result.Read) second).definition()).isEqualTo(first);
    }

    /** Who adds a field to one of these says here that it is written too, and in {@link #ALL} what of. */
    @Test
    void everyFieldIsWritten() {
        assertThat(names(WorkflowDefinition.class))
                .containsExactly(
                        "id",
                        "name",
                        "description",
                        "type",
                        "classification",
                        "projectName",
                        "repositoryUrl",
                        "repositoryRef",
                        "repos",
                        "requiresRepos",
                        "inputs",
                        "phases",
                        "concurrency",
                        "files");
        assertThat(names(Phase.class))
                .containsExactly(
                        "id",
                        "name",
                        "order",
                        "description",
                        "argumentHint",
                        "prompt",
                        "agent",
                        "model",
                        "recording",
                        "pace",
                        "allowedTools",
                        "maxTokens",
                        "timeoutSeconds",
                        "maxCostUsd",
                        "inputArtifacts",
                        "outputArtifacts",
                        "executionType",
                        "when");
        assertThat(names(WorkflowDefinition.Input.class))
                .containsExactly("name", "description", "required", "defaultValue");
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
