package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Something that waits for a worker or is held by one: an execution or a dispatch. The lease columns belong to the
 * workers, not to the fold.
 */
@Entity
@Table(name = "work_queue")
public class QueueRow {
    @Id
    public String id;

    public String queue;

    /** Whose turn it is within a queue: for a dispatch its adapter. */
    public String lane;

    /** The log position that put it here: first in, first out. */
    public long position;

    /** A retry waits until then; null when it need not. */
    @Convert(converter = InstantColumn.class)
    public Instant notBefore;
}
