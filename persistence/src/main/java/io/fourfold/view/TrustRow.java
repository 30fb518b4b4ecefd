package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code trust_evidence}: one verdict on one claim. */
@Entity
@Table(name = "view_trust_evidence")
public class TrustRow {
    /** The id of the verdict. */
    @Id
    public String id;

    public String claim;
    public String actor;
    public String domain;
    public String evaluator;
    public boolean accepted;
    public boolean ofOneself;
    public Instant at;
    public long position;
}
