package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code pattern_index}: one pattern that is known, and its hashes. */
@Entity
@Table(name = "view_pattern_index")
public class PatternRow {
    @Id
    public String id;

    /** {@code crystallized, open}. */
    public String state;

    public String l1;
    public String l2;
    public String l3;
    public String dial;
    public String op;
    public String p;
    public String target;
    /** As JSON. */
    public String plan;

    public Instant since;
    public Instant updatedAt;
    public long position;
}
