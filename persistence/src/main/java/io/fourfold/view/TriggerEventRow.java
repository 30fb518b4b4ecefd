package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** {@code trigger_history}: something that a trigger fired or let be; what became of it is told in the same row. */
@Entity
@Table(name = "view_trigger_history")
public class TriggerEventRow {
    @Id
    public String id;

    public String trigger;
    /** {@code fired, blocked, deferred, paused, resumed}; of what was fired and is over, its outcome. */
    public String status;

    /** The id of the record it heard; null for a time of a schedule. */
    public String event;

    public Instant due;
    public String subject;
    public String execution;
    public String guard;
    public String reason;
    public BigDecimal costUsd;
    public Instant at;
    public Instant endedAt;
    public long position;

    /** The thread's version last folded. */
    public long version = -1;
}
