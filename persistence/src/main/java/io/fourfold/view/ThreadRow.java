package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** {@code thread_state}: a thread's status, folded from its intents and what answered them. */
@Entity
@Table(name = "view_thread_state")
public class ThreadRow {
    @Id
    public String id;

    /** {@code open, closed, cancelled}; {@code none} while nothing was intended. */
    public String status = "none";

    /** The latest intent that opened it, or null. */
    public String intent;

    public String opener;
    public String namespace;
    public long records;
    public Instant firstAt;
    public Instant lastAt;

    /** The thread's version last folded. */
    public long version = -1;
}
