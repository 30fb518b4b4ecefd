package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code workflow_list}: one workflow in its latest revision; its definition is in {@code workflow_detail}. */
@Entity
@Table(name = "view_workflow_list")
public class WorkflowRow {
    @Id
    public String id;

    public String name;
    public String type;
    public int phaseCount;
    public boolean requiresRepos;
    public boolean archived;
    public long revision;
    public int runs;
    /** The log position of the last run counted. */
    public long runPosition;

    public Instant createdAt;
    public Instant updatedAt;

    /** The thread's version last folded. */
    public long version;
}
