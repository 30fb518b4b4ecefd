package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** {@code execution_list}: one execution with its totals. */
@Entity
@Table(name = "view_execution_list")
public class ExecutionRow {
    @Id
    public String id;

    public String workflowId;
    public String workflowName;
    public String task;
    public String status;
    public Instant queuedAt;
    public Instant startedAt;
    public Instant completedAt;
    public String currentPhase;
    public int completedPhases;
    public int totalPhases;
    public long inputTokens;
    public long outputTokens;
    public long cacheCreationTokens;
    public long cacheReadTokens;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public BigDecimal maxCostUsd;
    public int toolCalls;
    public int artifacts;
    public String failedPhase;
    public String failureReason;
    public Integer exitCode;
    public String errorMessage;
    public String startedBy;
    public String cause;

    @Convert(converter = JsonText.Strings.class)
    public List<String> repos = List.of();

    @Convert(converter = JsonText.Strings.class)
    public List<String> unpriced = List.of();

    /** The thread's version last folded. */
    public long version;

    public long totalTokens() {
        return inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens;
    }

    /** Whether nothing more will happen unless someone retries it. */
    public boolean isOver() {
        return List.of("completed", "failed", "cancelled", "interrupted").contains(status);
    }
}
