package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code execution_detail}: one phase of one execution, those still to come included. */
@Entity
@Table(name = "view_execution_detail")
public class PhaseRow {
    /** Execution id, a slash, phase id. */
    @Id
    public String id;

    public String executionId;
    public String phaseId;
    public String name;
    public int place;
    /** {@code pending, running, completed, skipped, failed, cancelled, interrupted}. */
    public String status = "pending";

    public String agent;
    public String model;
    public int timeoutSeconds;
    public BigDecimal maxCostUsd;
    public String sessionId;
    public String workspaceId;
    public long inputTokens;
    public long outputTokens;
    public long cacheCreationTokens;
    public long cacheReadTokens;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public int toolCalls;
    public Instant startedAt;
    public Instant completedAt;
    public Integer exitCode;
    public String failureReason;
    public String errorMessage;

    @Convert(converter = JsonText.Strings.class)
    public List<String> artifactIds = List.of();

    @Convert(converter = JsonText.Texts.class)
    public Map<String, String> costByModel = Map.of();

    @Convert(converter = JsonText.Texts.class)
    public Map<String, String> commits = Map.of();

    /** The thread's version last folded. */
    public long version = -1;

    public long totalTokens() {
        return inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens;
    }
}
