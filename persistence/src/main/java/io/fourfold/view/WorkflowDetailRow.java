package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code workflow_detail}: the definition of one workflow in its latest revision. */
@Entity
@Table(name = "view_workflow_detail")
public class WorkflowDetailRow {
    @Id
    public String id;

    public String name;
    public boolean archived;
    public long revision;
    public Instant updatedAt;
    /** As JSON. */
    public String definition;

    /** The thread's version last folded. */
    public long version = -1;
}
