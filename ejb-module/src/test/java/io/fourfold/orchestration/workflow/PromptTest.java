package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PromptTest {

    private static Phase phase(String fields) {
        return Yaml.good(Yaml.phase(fields).replace("id: w\n", "id: w\ninputs: [{name: topic}]\n"))
                .phases()
                .get(0);
    }

    private static Prompt.Values values(String task, Map<String, String> outputs) {
        return new Prompt.Values(
                "exec-1",
                "w",
                "https://example.org/a/b",
                Map.of("topic", "cats {{execution_id}}"),
                outputs,
                task,
                "/workspace");
    }

    @Test
    void itBeginsWithTheWorkspaceAndFillsPlaceholdersOnce() {
        String prompt = Prompt.assemble(
                phase(
                        "prompt: 'On {{topic}} in {{ repo_url }} ({{execution_id}}, {{workflow_id}}, {{repo_dir}}, {{workspace}})'\n"),
                values(null, Map.of()));

        assertThat(prompt)
                .startsWith("Your workspace is the folder /workspace.")
                .contains("/workspace/artifacts/output/");
        assertThat(prompt)
                .endsWith(
                        "\nOn cats {{execution_id}} in https://example.org/a/b (exec-1, w, /workspace/repos/a__b, /workspace)");
    }

    @Test
    void theTaskStandsWhereThePromptMentionsIt() {
        assertThat(Prompt.assemble(phase("prompt: Do $ARGUMENTS.\n"), values("a $1 thing", Map.of())))
                .endsWith("\nDo a $1 thing.");
    }

    @Test
    void theTaskIsAppendedWhenThePromptNeverMentionsIt() {
        assertThat(Prompt.assemble(phase("prompt: Do it with $ARGUMENTSX\n"), values("this", Map.of())))
                .endsWith("\nDo it with $ARGUMENTSX\n\nThe task: this");
        assertThat(Prompt.assemble(phase("prompt: Do it\n"), values(null, Map.of())))
                .endsWith("\nDo it");
    }

    @Test
    void anEarlierOutputIsWholeUpToItsLimitAndAReferenceBeyond() {
        Phase second = Yaml.good(Yaml.SAMPLE).phases().get(1);
        String atLimit = "ä".repeat(Prompt.OUTPUT_MAX_BYTES / 2);

        assertThat(Prompt.assemble(second, values(null, Map.of("discovery", atLimit))))
                .endsWith("of " + atLimit);
        assertThat(Prompt.assemble(second, values(null, Map.of("discovery", atLimit + "!"))))
                .endsWith(
                        "of (The output of phase discovery has 65537 bytes. It is in /workspace/artifacts/input/discovery/.)");
    }
}
