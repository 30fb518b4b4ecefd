package io.fourfold.orchestration.workflow;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.view.WorkflowRow;
import java.util.Optional;
import java.util.Set;

/** {@code workflow_list}: each workflow in its latest revision, with its number of runs. */
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
    }

    private static void updated(WorkflowRow row, Workflow.Event.PhaseUpdated e) {
        row.revision = e.revision();
        row.updatedAt = e.at();
    }
}
