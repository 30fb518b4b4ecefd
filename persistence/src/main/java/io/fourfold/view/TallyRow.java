package io.fourfold.view;

import jakarta.persistence.MappedSuperclass;
import java.math.BigDecimal;
import java.time.Instant;

/** Executions that were queued on one day, counted by where they stand now, and what they have used so far. */
@MappedSuperclass
public class TallyRow {
    /** As {@code 2026-01-31}, UTC. */
    public String day;

    public long executions;
    public long notStarted;
    public long running;
    public long paused;
    public long completed;
    public long failed;
    public long cancelled;
    public long interrupted;
    public long inputTokens;
    public long outputTokens;
    public long cacheCreationTokens;
    public long cacheReadTokens;
    public BigDecimal costUsd = BigDecimal.ZERO;
    public long toolCalls;
    public long artifacts;
    public Instant lastAt;

    /** The log position last folded. */
    public long position;

    public long totalTokens() {
        return inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens;
    }
}
