package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.kit.Projection;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.view.WorkflowDetailRow;
import java.util.Set;

/** {@code workflow_detail}: the definition of each workflow in its latest revision. */
public final class WorkflowDetail implements Projection<WorkflowDetailRow> {

    @Override
    public String name() {
        return "workflow_detail";
    }

    @Override
    public Class<WorkflowDetailRow> rowType() {
        return WorkflowDetailRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Workflow.Event.CODEC.read(entry).map(e -> Set.of(e.workflowId())).orElse(Set.of());
    }

    @Override
    public WorkflowDetailRow fold(String key, WorkflowDetailRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        WorkflowDetailRow row = current == null ? new WorkflowDetailRow() : current;
        row.id = key;
        row.version = entry.version();
        switch (Workflow.Event.CODEC.read(entry).orElseThrow()) {
            case Workflow.Event.Created e -> {
                row.name = e.definition().name();
                row.archived = false;
                row.revision = e.revision();
                row.updatedAt = e.at();
                row.definition = write(e.definition());
            }
            case Workflow.Event.PhaseUpdated e -> {
                row.revision = e.revision();
                row.updatedAt = e.at();
                row.definition = write(read(row).with(e.phase()));
            }
            case Workflow.Event.Archived e -> row.archived = true;
        }
        return row;
    }

    /** The definition a row holds. */
    public static WorkflowDefinition read(WorkflowDetailRow row) {
        try {
            return Wire.MAPPER.readValue(row.definition, WorkflowDefinition.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Expected a workflow definition in " + row.id, broken);
        }
    }

    private static String write(WorkflowDefinition definition) {
        try {
            return Wire.MAPPER.writeValueAsString(definition);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A definition always has a JSON form", impossible);
        }
    }
}
