package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code unrouted_queue}: a record that nobody was found for, and that nobody has answered yet. */
@Entity
@Table(name = "view_unrouted_queue")
public class UnroutedRow {
    /** The id of its dispatch. */
    @Id
    public String id;

    public String record;
    public String thread;
    public String namespace;
    public String goal;
    public String domain;
    public Instant routedAt;

    /** The log position that left it to people. */
    public long position;
}
