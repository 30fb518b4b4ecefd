package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code session_list}: one agent session with what it used. */
@Entity
@Table(name = "view_session_list")
public class SessionRow {
    @Id
    public String id;

    public String executionId;
    public String workflowId;
    public String workflowName;
    public String phaseId;
    public String phaseName;
    public String provider;
    public String model;
    /** {@code running, completed, failed}. */
    public String status;

    public long inputTokens;
    public long outputTokens;
    public long cacheCreationTokens;
    public long cacheReadTokens;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public BigDecimal providerCostUsd;
    public int turns;
    public int toolCalls;
    public long durationMs;
    public Instant startedAt;
    public Instant completedAt;
    public String errorMessage;
    public String conversationSha256;

    @Convert(converter = JsonText.Strings.class)
    public List<String> repos = List.of();

    @Convert(converter = JsonText.Strings.class)
    public List<String> unpriced = List.of();

    @Convert(converter = JsonText.Texts.class)
    public Map<String, String> costByModel = Map.of();

    public long version;

    public long totalTokens() {
        return inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens;
    }
}
