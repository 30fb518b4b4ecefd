package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.kit.Projection;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.view.WorkflowRow;
import java.util.Optional;
import java.util.Set;

/** {@code workflow_list} and {@code workflow_detail}: each workflow in its latest revision, with its number of runs. */
public final class WorkflowList implements Projection<WorkflowRow> {

    @Override
    public String name() {
        return "workflow_list";
    }

    @Override
    public Class<WorkflowRow> rowType() {
        return WorkflowRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Workflow.Event.CODEC
                .read(entry)
                .map(Workflow.Event::workflowId)
                .or(() -> run(entry))
                .map(Set::of)
                .orElse(Set.of());
    }

    private static Optional<String> run(Entry entry) {
        return ExecutionEvent.CODEC
                .read(entry)
                .filter(e -> e instanceof ExecutionEvent.Queued)
                .map(e -> ((ExecutionEvent.Queued) e).plan().workflowId());
    }

    @Override
    public WorkflowRow fold(String key, WorkflowRow current, Entry entry) {
        if (run(entry).isPresent()) {
            return counted(current, entry);
        }
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        WorkflowRow row = current == null ? new WorkflowRow() : current;
        row.version = entry.version();
        switch (Workflow.Event.CODEC.read(entry).orElseThrow()) {
            case Workflow.Event.Created e -> created(row, e);
            case Workflow.Event.PhaseUpdated e -> updated(row, e);
            case Workflow.Event.Archived e -> row.archived = true;
        }
        return row;
    }

    private static WorkflowRow counted(WorkflowRow row, Entry entry) {
        if (row != null && entry.position() > row.runPosition) {
            row.runs++;
            row.runPosition = entry.position();
        }
        return row;
    }

    private static void created(WorkflowRow row, Workflow.Event.Created e) {
        row.id = e.workflowId();
        row.name = e.definition().name();
        row.type = e.definition().type();
        row.phaseCount = e.definition().phases().size();
        row.requiresRepos = e.definition().requiresRepos();
        row.archived = false;
        row.revision = e.revision();
        row.createdAt = row.createdAt == null ? e.at() : row.createdAt;
        row.updatedAt = e.at();
        row.definition = write(e.definition());
    }

    private static void updated(WorkflowRow row, Workflow.Event.PhaseUpdated e) {
        row.revision = e.revision();
        row.updatedAt = e.at();
        row.definition = write(read(row).with(e.phase()));
    }

    /** The definition a row holds. */
    public static WorkflowDefinition read(WorkflowRow row) {
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
