package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InputsTest {

    private static final WorkflowDefinition DEFINITION = Yaml.good(Yaml.phase("prompt: x\n")
            + "inputs: [{name: repo}, {name: ref, default: main}, {name: note, required: false}]\n");
    private static final WorkflowDefinition WITH_TASK =
            Yaml.good(Yaml.phase("prompt: x\n") + "inputs: [{name: task}]\n");

    private static Refusal refusal(Inputs.Result result) {
        return ((Inputs.Result.Refused) result).refusal();
    }

    @Test
    void defaultsAreFilledInAndOptionalOnesAreEmpty() {
        assertThat(Inputs.resolve(DEFINITION, Map.of("repo", "a/b"), "go"))
                .isEqualTo(new Inputs.Result.Resolved(Map.of("repo", "a/b", "ref", "main", "note", ""), "go"));
    }

    @Test
    void aMissingInputIsRefusedByName() {
        Refusal refusal = refusal(Inputs.resolve(DEFINITION, Map.of("note", "x"), null));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID_INPUT);
        assertThat(refusal.message()).isEqualTo("Expected input repo, but it was not given");
        assertThat(refusal.details()).containsEntry("missing", List.of("repo"));
    }

    @Test
    void anUndeclaredInputIsRefusedByName() {
        assertThat(refusal(Inputs.resolve(DEFINITION, Map.of("repo", "a/b", "rfe", "x"), null))
                        .message())
                .isEqualTo("Expected inputs the workflow declares, but rfe was given; it declares repo, ref, note");
    }

    @Test
    void anInputNamedTaskAndTheTaskAreOne() {
        Inputs.Result.Resolved both = new Inputs.Result.Resolved(Map.of("task", "go"), "go");

        assertThat(Inputs.resolve(WITH_TASK, Map.of("task", "go"), null)).isEqualTo(both);
        assertThat(Inputs.resolve(WITH_TASK, Map.of(), "go")).isEqualTo(both);
        assertThat(refusal(Inputs.resolve(WITH_TASK, Map.of("task", "go"), "stop"))
                        .message())
                .startsWith("Expected one task");
        assertThat(Inputs.resolve(Yaml.good(Yaml.SAMPLE), Map.of("task", "go"), null))
                .isEqualTo(new Inputs.Result.Resolved(Map.of(), "go"));
    }

    @Test
    void nothingIsNoValue() {
        Map<String, String> nothing = new HashMap<>();
        nothing.put("repo", null);
        assertThat(refusal(Inputs.resolve(DEFINITION, nothing, null)).message())
                .isEqualTo("inputs.repo: expected text, but was null");
    }

    @Test
    void aValueThatIsTooLargeIsRefused() {
        String large = "x".repeat(Inputs.INPUT_MAX_BYTES + 1);

        assertThat(refusal(Inputs.resolve(DEFINITION, Map.of("repo", large), null))
                        .message())
                .contains("for repo, but it has 65537");
        assertThat(refusal(Inputs.resolve(DEFINITION, Map.of("repo", "a"), large))
                        .message())
                .contains("for the task");
    }
}
