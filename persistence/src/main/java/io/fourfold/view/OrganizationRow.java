package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code organization_tree}: an organization, one of its systems, or a repository. */
@Entity
@Table(name = "view_organization_tree")
public class OrganizationRow {
    @Id
    public String id;

    /** {@code organization, system, repository}. */
    public String kind;

    public String organizationId;
    public String systemId;
    public String name;
    public String slug;
    public String description;
    public String provider;
    public String owner;
    public String defaultBranch;
    public String installationId;
    public boolean isPrivate;
    public String createdBy;
    public Instant createdAt;

    /** The thread's version last folded. */
    public long version = -1;
}
