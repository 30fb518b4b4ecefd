package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** {@code repo_health}: the executions on one repository that were queued on one day. */
@Entity
@Table(name = "view_repo_health")
public class RepoHealthRow extends TallyRow {
    /** Day, a slash, repository. */
    @Id
    public String id;

    public String repository;
}
