package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code repo_correlation}: an execution has to do with a repository. */
@Entity
@Table(name = "view_repo_correlation")
public class RepoCorrelationRow {
    /** Execution id, a slash, repository. */
    @Id
    public String id;

    /** {@code owner/name} on GitHub, else its address. */
    public String repository;

    public String executionId;
    public String workflowId;
    public String workflowName;
    /** Where it was named: {@code trigger, workflow, input}. */
    public String source;

    /** When the execution was queued. */
    public Instant at;

    public long position;
}
