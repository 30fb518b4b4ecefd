package io.fourfold.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaudeCommandTest {

    private static WorkflowDefinition definition(String text) {
        WorkflowYaml.Result result = new Registrar(null, null, new WorkflowYaml(phase -> Optional.empty()))
                .check(new Registrar.Package(
                        "workflow.yaml", text, Map.of("r.jsonl", "{}".getBytes(StandardCharsets.UTF_8))));
        assertThat(result).as(() -> result.toString()).isInstanceOf(WorkflowYaml.Result.Read.class);
        return ((WorkflowYaml.Result.Read) result).definition();
    }

    @Test
    void onePhaseIsItsPromptUnderItsFrontMatter() {
        assertThat(ClaudeCommand.text(definition("""
                        id: ask
                        description: "Asks: and answers"
                        phases:
                          - id: one
                            prompt: |
                              Answer $ARGUMENTS
                              in short.
                            model: opus
                            argument_hint: "[question]"
                            allowed_tools: [Read, "Bash(git log:*)"]
                        """))).isEqualTo("""
                        ---
                        description: 'Asks: and answers'
                        argument-hint: '[question]'
                        allowed-tools: Bash(git log:*), Read
                        model: opus
                        ---

                        Answer $ARGUMENTS
                        in short.
                        """);
    }

    @Test
    void severalPhasesFollowEachOtherAndReferToWhatCameBefore() {
        assertThat(ClaudeCommand.text(definition("""
                        id: check
                        name: Check it
                        inputs:
                          - {name: where, description: The folder, default: src}
                          - {name: depth, required: false}
                        phases:
                          - {id: count, name: Count, run: "ls {{where}} | wc -l"}
                          - {id: say, prompt: "Say {{count}}, {{depth}} deep.", model: opus, allowed_tools: [Read]}
                        """))).isEqualTo("""
                        ---
                        description: Check it
                        argument-hint: '[where] [depth]'
                        ---

                        Take these inputs from: $ARGUMENTS

                        - where: The folder; else src
                        - depth: may be left out

                        ## Count

                        Run this command and look at what it prints:

                        ```sh
                        ls <where> | wc -l
                        ```

                        ## say

                        Say the result of “Count”, <depth> deep.
                        """);
    }

    @Test
    void theTaskIsAddedWhereNobodyMentionsIt() {
        assertThat(ClaudeCommand.text(definition("id: a\nphases: [{id: one, prompt: Do it}]\n")))
                .endsWith("\nDo it\n\n## Task\n\n$ARGUMENTS\n");
    }

    @Test
    void aRecordingWithoutAPromptCannotBeACommand() {
        WorkflowDefinition replay = definition("id: a\nphases: [{id: one, agent: replay, recording: r.jsonl}]\n");
        assertThat(ClaudeCommand.refusal(replay)).hasValueSatisfying(refusal -> assertThat(refusal.message())
                .startsWith("format: expected package, because phase one replays"));
    }
}
