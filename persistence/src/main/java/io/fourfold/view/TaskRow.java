package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code task_list}: one task as it stands. */
@Entity
@Table(name = "view_task_list")
public class TaskRow {
    /** The id of the intent that asked for it. */
    @Id
    public String id;

    public String thread;
    public String namespace;
    public String opener;
    public String domain;
    public String goal;
    public String alias;
    /** {@code inbox, active, review, approved, rejected, failed, blocked, deferred, cancelled, reopened}. */
    public String status;

    public String claim;
    public String claimant;
    public String reason;
    public Instant openedAt;
    public Instant since;
    public long position;

    /** The thread's version last folded. */
    public long version = -1;
}
