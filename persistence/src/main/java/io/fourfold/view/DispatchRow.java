package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** {@code dispatch_list}: a record that was routed, what decided, and what became of it. */
@Entity
@Table(name = "view_dispatch")
public class DispatchRow {
    @Id
    public String id;

    public String record;
    public String thread;
    public String namespace;
    public String goal;
    public String status;
    public String decidedBy;
    public String target;
    public String rule;

    /** JSON: what each step said. */
    public String trace;

    public String family;
    public int attempts;
    public String workThread;
    public String executionId;
    public Boolean success;
    public String failureReason;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public long tokensIn;
    public long tokensOut;
    public Long latencyMs;
    public Instant routedAt;
    public Instant startedAt;
    public Instant deadline;
    public Instant completedAt;
    public long version;
}
