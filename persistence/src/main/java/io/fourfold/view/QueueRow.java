package io.fourfold.view;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/**
 * Something that waits for a worker or is held by one: an execution or a dispatch. The lease belongs to the workers;
 * the fold reads it and never writes it.
 */
@Entity
@Table(name = "work_queue")
public class QueueRow {
    @Id
    public String id;

    public String queue;

    /** Whose turn it is within a queue: for a dispatch its adapter, for an execution its concurrency key, or empty. */
    public String lane;

    /** How many of its lane may be held at once; null where only the whole's limit counts. */
    public Integer laneLimit;

    /** What it belongs to: nothing is taken whose tags are held up. */
    @Convert(converter = JsonText.Strings.class)
    public List<String> tags = List.of();

    /** The log position that put it here: first in, first out. */
    public long position;

    /** A retry waits until then; null when it need not. */
    @Convert(converter = InstantColumn.class)
    public Instant notBefore;

    /** It was left in the middle when nobody holds it: neither limits nor tags keep it from being taken up again. */
    public boolean begun;

    /** It has ended, and the worker that holds it has not let go yet: until then its room is taken. */
    public boolean over;

    @Convert(converter = InstantColumn.class)
    @Column(insertable = false, updatable = false)
    public Instant leasedUntil;
}
