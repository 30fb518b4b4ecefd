package io.fourfold.orchestration.workspace;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.WorkspaceRow;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** {@code workspace_list}: each workspace and where it stands. */
public final class WorkspaceList implements Projection<WorkspaceRow> {

    @Override
    public String name() {
        return "workspace_list";
    }

    @Override
    public Class<WorkspaceRow> rowType() {
        return WorkspaceRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Workspace.Event.CODEC
                .read(entry)
                .map(e -> Set.of(e.workspaceId()))
                .orElse(Set.of());
    }

    @Override
    public WorkspaceRow fold(String key, WorkspaceRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        WorkspaceRow row = current == null ? new WorkspaceRow() : current;
        row.id = key;
        row.version = entry.version();
        Workspace.Event event = Workspace.Event.CODEC.read(entry).orElseThrow();
        row.status =
                Workspace.AGGREGATE.evolve(Workspace.State.ABSENT, event).name().toLowerCase(Locale.ROOT);
        switch (event) {
            case Workspace.Event.Created e -> {
                row.executionId = e.executionId();
                row.phaseId = e.phaseId();
                row.backend = e.backend();
                row.createdAt = e.at();
            }
            case Workspace.Event.SetupCompleted e -> {
                row.commits = new TreeMap<>(e.commits());
                row.readyAt = e.at();
            }
            case Workspace.Event.AgentStarted e -> row.provider = e.provider();
            case Workspace.Event.Destroyed e -> row.endedAt = e.at();
            case Workspace.Event.Failed e -> row.message = e.message();
        }
        return row;
    }
}
