package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** {@code trigger_list}: one trigger, how it is defined and what it has done. */
@Entity
@Table(name = "view_trigger_list")
public class TriggerRow {
    @Id
    public String id;

    public String name;
    public String namespace;
    /** {@code record, github, schedule}. */
    public String source;

    public String event;
    public String repository;
    public String workflow;
    public String target;
    /** {@code active, paused}, and {@code removed} when it is no longer defined. */
    public String status;

    public String pausedReason;
    public long fired;
    public long blocked;
    public long failed;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public Instant lastFiredAt;
    public String lastExecution;
    public Instant createdAt;
    public Instant updatedAt;
    public String createdBy;
    /** The id of the record that defines it. */
    public String record;

    /** As JSON. */
    public String definition;

    /** The log position of the last definition folded. */
    public long definedAt;

    /** The version of the last of its own events folded. */
    public long version = -1;
}
