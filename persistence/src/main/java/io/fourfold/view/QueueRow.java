package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An execution that waits for a runner or is held by one; the lease columns belong to the runners, not to the fold. */
@Entity
@Table(name = "execution_queue")
public class QueueRow {
    @Id
    public String executionId;

    /** The log position that put it here: first in, first out. */
    public long position;
}
