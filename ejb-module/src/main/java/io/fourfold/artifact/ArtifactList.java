package io.fourfold.artifact;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.ArtifactRow;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code artifact_list}: each artifact that was not deleted. */
public final class ArtifactList implements Projection<ArtifactRow> {

    @Override
    public String name() {
        return "artifact_list";
    }

    @Override
    public Class<ArtifactRow> rowType() {
        return ArtifactRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Artifact.Event.CODEC.read(entry).map(e -> Set.of(e.artifactId())).orElse(Set.of());
    }

    @Override
    public ArtifactRow fold(String key, ArtifactRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        return switch (Artifact.Event.CODEC.read(entry).orElseThrow()) {
            case Artifact.Event.Created e -> created(e, entry);
            case Artifact.Event.Updated e -> current == null ? null : updated(current, e, entry);
            case Artifact.Event.Deleted e -> null;
        };
    }

    private static ArtifactRow created(Artifact.Event.Created e, Entry entry) {
        Artifact.Facts facts = e.facts();
        ArtifactRow row = new ArtifactRow();
        row.id = e.artifactId();
        row.workflowId = facts.workflowId();
        row.executionId = facts.executionId();
        row.phaseId = facts.phaseId();
        row.sessionId = facts.sessionId();
        row.title = facts.title();
        row.type = facts.type();
        row.mediaType = facts.mediaType();
        row.sizeBytes = facts.sizeBytes();
        row.sha256 = facts.sha256();
        row.main = facts.primary();
        row.derivedFrom = facts.derivedFrom();
        row.createdAt = e.at();
        row.createdBy = entry.draft().actor().value();
        row.version = entry.version();
        return row;
    }

    private static ArtifactRow updated(ArtifactRow row, Artifact.Event.Updated e, Entry entry) {
        row.title = e.title() == null ? row.title : e.title();
        row.main = e.primary() == null ? row.main : e.primary();
        if (e.metadata() != null) {
            Map<String, String> merged = new TreeMap<>(row.metadata);
            merged.putAll(e.metadata());
            row.metadata = merged;
        }
        row.version = entry.version();
        return row;
    }
}
