package io.fourfold.orchestration.workflow;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.view.WorkflowDetailRow;
import io.fourfold.view.WorkflowRow;
import org.junit.jupiter.api.Test;

class WorkflowListTest {

    private static final WorkflowDefinition FIRST = Yaml.good(Yaml.SAMPLE.replace("id: research", "id: w"));

    private final Entries entries = new Entries();

    private void happened(Workflow.Event event) {
        entries.event(Workflow.Event.CODEC, Workflow.threadOf("w"), event);
    }

    private void ran(String execution) {
        ExecutionEvent queued = new ExecutionEvent.Queued(execution, Samples.plan(Samples.phases()), NOW);
        entries.event(ExecutionEvent.CODEC, Execution.threadOf(execution), queued);
    }

    private WorkflowRow row() {
        return Folded.of(new WorkflowList(), entries.all()).get("w");
    }

    private WorkflowDetailRow detail() {
        return Folded.of(new WorkflowDetail(), entries.all()).get("w");
    }

    @Test
    void aWorkflowIsListedWithItsDefinition() {
        happened(new Workflow.Event.Created("w", 1, FIRST, NOW));
        assertThat(row().name).isEqualTo("Research");
        assertThat(row().phaseCount).isEqualTo(2);
        assertThat(row().runs).isZero();
        assertThat(WorkflowDetail.read(detail())).isEqualTo(FIRST);
    }

    @Test
    void anUpdatedPhaseShowsInTheDefinition() {
        happened(new Workflow.Event.Created("w", 1, FIRST, NOW));
        Phase changed = FIRST.phases().get(0).with("New words", "opus", 10, java.util.List.of());
        happened(new Workflow.Event.PhaseUpdated("w", 2, changed, NOW.plusSeconds(9)));
        assertThat(row().revision).isEqualTo(2);
        assertThat(row().createdAt).isEqualTo(NOW);
        assertThat(row().updatedAt).isEqualTo(NOW.plusSeconds(9));
        assertThat(detail().revision).isEqualTo(2);
        assertThat(WorkflowDetail.read(detail()).phase("discovery")).contains(changed);
    }

    @Test
    void eachRunIsCountedOnce() {
        ran("exec-000000000000");
        happened(new Workflow.Event.Created("w", 1, FIRST, NOW));
        ran("exec-000000000001");
        ran("exec-000000000002");
        happened(new Workflow.Event.Archived("w", NOW));
        assertThat(row().runs).isEqualTo(2);
        assertThat(row().archived).isTrue();
        assertThat(detail().archived).isTrue();
    }

    @Test
    void anArchivedWorkflowThatIsMadeAgainIsActive() {
        happened(new Workflow.Event.Created("w", 1, FIRST, NOW));
        happened(new Workflow.Event.Archived("w", NOW));
        happened(new Workflow.Event.Created("w", 2, FIRST, NOW));
        assertThat(row().archived).isFalse();
        assertThat(detail().archived).isFalse();
    }
}
