package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WorkflowYamlTest {

    @Test
    void theSampleOfThreeLinesAPhaseIsReadWithItsDefaults() {
        WorkflowDefinition research = Yaml.good(Yaml.SAMPLE);

        assertThat(research.id()).isEqualTo("research");
        assertThat(research.type()).isEqualTo("custom");
        assertThat(research.classification()).isEqualTo("standard");
        assertThat(research.repositoryUrl()).isNull();
        assertThat(research.concurrency()).isNull();
        assertThat(research.requiresRepos()).isFalse();
        assertThat(research.phases()).extracting(Phase::id).containsExactly("discovery", "synthesis");
        assertThat(research.phases()).extracting(Phase::order).containsExactly(1, 2);
        assertThat(research.phases()).extracting(Phase::name).containsExactly("discovery", "synthesis");
        assertThat(research.phases()).extracting(Phase::timeoutSeconds).containsOnly(300);
        assertThat(research.phases()).extracting(Phase::agent).containsOnly("claude");
    }

    @Test
    void everyFieldIsRead() {
        WorkflowDefinition read = Yaml.good("""
                id: full.example-1
                name: Full
                description: All of it
                type: review
                classification: epic
                project_name: Project
                requires_repos: true
                repository: {url: "{{repo}}", ref: v1}
                repos: [octo/hello, "https://example.org/{{repo}}.git"]
                concurrency: {key: "pr-{{repo}}", limit: 3, behavior: REPLACE}
                inputs:
                  - {name: repo, description: Which one, required: true}
                  - {name: depth, required: false, default: 1.10}
                phases:
                  - id: last
                    order: 20
                    prompt_template: "{{first}} {{repo}} {{execution_id}} {{workflow_id}} {{ repo_url }}"
                    model: claude-opus-4-8[1m]
                    allowed_tools: [Read, "Bash(git log:*)"]
                    max_tokens: 5000
                    timeout_seconds: 86400
                    max_cost_usd: 0.50
                    input_artifacts: [first, first/notes.md, report.md]
                    output_artifacts: [artifacts/output/end.md]
                    description: The end
                    argument_hint: a topic
                  - id: first
                    name: First
                    order: 10
                    run: make report
                    execution_type: sequential
                    output_artifacts: [report.md]
                """, Map.of());

        assertThat(read.concurrency()).isEqualTo(new Concurrency("pr-{{repo}}", 3, Concurrency.Behavior.REPLACE));
        assertThat(read.repositoryUrl()).isEqualTo("{{repo}}");
        assertThat(read.repositoryRef()).isEqualTo("v1");
        assertThat(read.repos()).containsExactly("octo/hello", "https://example.org/{{repo}}.git");
        assertThat(read.inputs())
                .containsExactly(
                        new WorkflowDefinition.Input("repo", "Which one", true, null),
                        new WorkflowDefinition.Input("depth", null, false, "1.10"));
        assertThat(read.phases()).extracting(Phase::id).containsExactly("first", "last");
        Phase first = read.phases().get(0);
        assertThat(first.agent()).isEqualTo("command");
        assertThat(first.model()).isNull();
        assertThat(first.prompt()).isEqualTo("make report");
        Phase last = read.phases().get(1);
        assertThat(last.allowedTools()).containsExactly("Read", "Bash(git log:*)");
        assertThat(last.maxTokens()).isEqualTo(5000);
        assertThat(last.maxCostUsd()).isEqualByComparingTo("0.50");
        assertThat(last.inputArtifacts()).containsExactly("first", "first/notes.md", "first/report.md");
        assertThat(last.outputArtifacts()).containsExactly("end.md");
        assertThat(last.argumentHint()).isEqualTo("a topic");
    }

    @Test
    void aPromptFileGivesThePromptAndWhatTheWorkflowDoesNotSay() {
        Map<String, String> files = Map.of("prompts/one.md", """
                ---
                model: opus
                allowed-tools: Read, Grep
                max-tokens: 10
                timeout-seconds: 60
                description: From the file
                argument-hint: hint
                ---

                Look at $ARGUMENTS.
                """, "phase-library/review.md", "Review it.\n");

        WorkflowYaml.Result result = Yaml.read(
                Yaml.phase("prompt_file: prompts/one.md\nmodel: haiku\n")
                        + "  - id: two\n    prompt_file: shared://review\n",
                files);

        assertThat(Yaml.problems(result)).isEmpty();
        WorkflowYaml.Result.Read read = (WorkflowYaml.Result.Read) result;
        Phase one = read.definition().phases().get(0);
        assertThat(one.prompt()).isEqualTo("Look at $ARGUMENTS.");
        assertThat(one.model()).isEqualTo("haiku");
        assertThat(one.allowedTools()).containsExactly("Read", "Grep");
        assertThat(one.maxTokens()).isEqualTo(10);
        assertThat(one.timeoutSeconds()).isEqualTo(60);
        assertThat(one.description()).isEqualTo("From the file");
        assertThat(read.definition().phases().get(1).prompt()).isEqualTo("Review it.");
        assertThat(read.used()).containsExactly("phase-library/review.md", "prompts/one.md");
    }

    @Test
    void commandAndReplayPhasesUseNoModel() {
        WorkflowDefinition read = Yaml.good(
                Yaml.phase("agent: replay\nprompt: Say it\nrecording: r/one.jsonl\npace: 0.5\n")
                        + "  - {id: two, agent: command, command: 'echo {{one}}'}\n",
                Map.of("r/one.jsonl", "{}"));

        assertThat(read.phases()).extracting(Phase::model).containsOnlyNulls();
        assertThat(read.phases().get(0).recording()).isEqualTo("r/one.jsonl");
        assertThat(read.phases().get(0).pace()).isEqualTo(0.5);
        assertThat(read.phases().get(1).prompt()).isEqualTo("echo {{one}}");
    }

    @Test
    void neededFilesAreThePromptsTheRecordingsAndTheFoldersBesideThem() {
        assertThat(WorkflowYaml.neededFiles("""
                        phases:
                          - prompt_file: prompts/a.md
                          - prompt_file: shared://b
                          - recording: rec/c/events.jsonl
                          - recording: top.jsonl
                          - prompt_file: ../secret
                          - just text
                        """))
                .containsExactly(
                        "phase-library/b.md",
                        "prompts/a.md",
                        "rec/c/events.jsonl",
                        "rec/c/workspace/",
                        "top.jsonl",
                        "workspace/");
        assertThat(WorkflowYaml.neededFiles("a: [")).isEmpty();
    }

    @Test
    void whatAProviderCannotDoIsRefusedAtThePhase() {
        WorkflowYaml yaml = new WorkflowYaml(
                phase -> phase.maxTokens() == null ? Optional.empty() : Optional.of("claude has no max_tokens"));

        assertThat(Yaml.problems(
                        yaml.read(Yaml.phase("prompt: x\nmax_tokens: 5\n"), "workflow.yaml", Yaml.in(Map.of()))))
                .containsExactly("workflow.yaml:3:5: phases[0]: claude has no max_tokens");
    }

    @Test
    void allProblemsComeAtOnceInOrderOfLine() {
        assertThat(Yaml.problems("""
                        id: -x
                        phases:
                          - id: a
                            prompt: "{{b}}"
                            timout_seconds: 5
                          - id: a
                            prompt: x
                            order: 0
                          - id: b
                        """, Map.of()))
                .containsExactly(
                        "workflow.yaml:1:5: id: expected 1 to 100 letters, digits, dots, underscores or dashes,"
                                + " the first a letter or digit, but was \"-x\"",
                        "workflow.yaml:4:14: phases[0].prompt: expected the output of an earlier phase, but b runs later",
                        "workflow.yaml:5:5: phases[0].timout_seconds: expected a known field, but was"
                                + " \"timout_seconds\"; the nearest is timeout_seconds",
                        "workflow.yaml:6:9: phases[1].id: expected an id of its own, but phases[0] is a too",
                        "workflow.yaml:8:12: phases[1].order: expected a whole number from 1 to 100000, but was 0",
                        "workflow.yaml:9:5: phases[2]: expected exactly one of prompt, prompt_template, prompt_file,"
                                + " run, command, but found none");
    }

    @Test
    void readingTwiceGivesTheSame() {
        assertThat(Yaml.good(Yaml.SAMPLE)).isEqualTo(Yaml.good(Yaml.SAMPLE));
        assertThat(List.of(Yaml.good(Yaml.SAMPLE.replace("\n", "\r\n")))).containsExactly(Yaml.good(Yaml.SAMPLE));
    }
}
