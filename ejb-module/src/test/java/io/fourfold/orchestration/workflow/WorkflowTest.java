package io.fourfold.orchestration.workflow;

import static io.fourfold.kit.Given.NOW;
import static io.fourfold.kit.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.StateTable;
import io.fourfold.log.Refusal.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowTest {

    private static final WorkflowDefinition FIRST = Yaml.good(Yaml.SAMPLE);
    private static final WorkflowDefinition SECOND = Yaml.good(Yaml.SAMPLE.replace("haiku", "opus"));
    private static final Workflow.Event CREATED = new Workflow.Event.Created("research", 1, FIRST, NOW);
    private static final Workflow.Event ARCHIVED = new Workflow.Event.Archived("research", NOW);

    private static final String BY_STATE = """
                               absent  active        archived
            Create             created exists        exists
            Create             created created       created
            Create             created -             created
            UpdatePhase        none    phase_updated no
            UpdatePhase        none    invalid       no
            Archive            none    archived      -
            """;

    private static Workflow.Command.UpdatePhase update(String phase) {
        return new Workflow.Command.UpdatePhase("research", phase, "New words", null, null, null);
    }

    @Test
    void everyCommandInEveryState() {
        Map<String, List<Workflow.Event>> states = new LinkedHashMap<>();
        states.put("absent", List.of());
        states.put("active", List.of(CREATED));
        states.put("archived", List.of(CREATED, ARCHIVED));
        assertThat(new StateTable<>(Workflow.AGGREGATE, states)
                        .of(List.of(
                                new Workflow.Command.Create("research", SECOND, false),
                                new Workflow.Command.Create("research", SECOND, true),
                                new Workflow.Command.Create("research", FIRST, true),
                                update("discovery"),
                                update("nowhere"),
                                new Workflow.Command.Archive("research"))))
                .isEqualTo(BY_STATE);
    }

    @Test
    void replacingMakesTheNextRevision() {
        given(Workflow.AGGREGATE, List.of(CREATED))
                .when(new Workflow.Command.Create("research", SECOND, true))
                .then(new Workflow.Event.Created("research", 2, SECOND, NOW));
    }

    @Test
    void theSameMoneyWrittenDifferentlyIsTheSameDefinition() {
        String yaml = "{id: w, phases: [{id: one, run: 'true', max_cost_usd: %s}]}";
        Workflow.Event created = new Workflow.Event.Created("w", 1, Yaml.good(yaml.formatted("0.5")), NOW);
        given(Workflow.AGGREGATE, List.of(created))
                .when(new Workflow.Command.Create("w", Yaml.good(yaml.formatted("0.50")), true))
                .thenNothing();
    }

    @Test
    void updatingAPhaseLeavesWhatIsNotNamed() {
        Workflow.State state = given(Workflow.AGGREGATE, List.of(CREATED)).state();
        Phase before = state.definition().phase("discovery").orElseThrow();
        Phase after = before.with("New words", "haiku", before.timeoutSeconds(), before.allowedTools());
        Workflow.Event updated = new Workflow.Event.PhaseUpdated("research", 2, after, NOW);
        given(Workflow.AGGREGATE, List.of(CREATED)).when(update("discovery")).then(updated);
        Workflow.State changed = Workflow.AGGREGATE.evolve(state, updated);
        assertThat(changed.revision()).isEqualTo(2);
        assertThat(changed.definition().phase("discovery")).contains(after);
        assertThat(changed.definition().phase("synthesis")).isEqualTo(FIRST.phase("synthesis"));
    }

    @Test
    void anUnknownPhaseIsRefusedByName() {
        given(Workflow.AGGREGATE, List.of(CREATED)).when(update("nowhere")).refused(Code.INVALID_INPUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x {{nope}}", "x {{synthesis}}", "x {{discovery}}"})
    void newWordsAreCheckedAsThoseOfAFileAre(String prompt) {
        given(Workflow.AGGREGATE, List.of(CREATED))
                .when(new Workflow.Command.UpdatePhase("research", "discovery", prompt, null, null, null))
                .refused(Code.INVALID_INPUT);
    }
}
