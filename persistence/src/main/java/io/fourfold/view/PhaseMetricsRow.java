package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** {@code phase_metrics}: one phase of one workflow over all its executions. */
@Entity
@Table(name = "view_phase_metrics")
public class PhaseMetricsRow {
    /** Workflow id, a slash, phase id. */
    @Id
    public String id;

    public String workflowId;
    public String phaseId;
    public String name;
    public int place;
    public long started;
    public long completed;
    public long failed;
    public long inputTokens;
    public long outputTokens;
    public long cacheCreationTokens;
    public long cacheReadTokens;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public long toolCalls;
    public long artifacts;
    public long agentMillis;
    public Instant lastAt;

    /** The log position last folded. */
    public long position;

    public long totalTokens() {
        return inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens;
    }
}
