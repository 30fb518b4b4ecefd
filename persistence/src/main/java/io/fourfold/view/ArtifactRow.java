package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code artifact_list}: one artifact; its bytes are in the content store under {@code sha256}. */
@Entity
@Table(name = "view_artifact_list")
public class ArtifactRow {
    @Id
    public String id;

    public String workflowId;
    public String executionId;
    public String phaseId;
    public String sessionId;
    public String title;
    public String type;
    public String mediaType;
    public long sizeBytes;
    public String sha256;
    public boolean main;
    public Instant createdAt;
    public String createdBy;

    @Convert(converter = JsonText.Strings.class)
    public List<String> derivedFrom = List.of();

    @Convert(converter = JsonText.Texts.class)
    public Map<String, String> metadata = Map.of();

    public long version;
}
