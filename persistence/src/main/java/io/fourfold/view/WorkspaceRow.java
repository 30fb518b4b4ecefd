package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

/** {@code workspace_list}: one workspace and where it stands. */
@Entity
@Table(name = "view_workspace_list")
public class WorkspaceRow {
    @Id
    public String id;

    public String executionId;
    public String phaseId;
    public String backend;
    /** {@code created, ready, agent_started, destroyed, failed}. */
    public String status;

    public String provider;
    public String message;

    @Convert(converter = JsonText.Texts.class)
    public Map<String, String> commits = Map.of();

    public Instant createdAt;
    public Instant readyAt;
    public Instant endedAt;

    /** The thread's version last folded. */
    public long version = -1;
}
