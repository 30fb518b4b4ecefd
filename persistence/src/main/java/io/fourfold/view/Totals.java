package io.fourfold.view;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums over executions; {@code byStatus} counts them by status, those without any left out. */
public record Totals(
        long executions,
        long inputTokens,
        long outputTokens,
        long cacheCreationTokens,
        long cacheReadTokens,
        BigDecimal costUsd,
        long toolCalls,
        Map<String, Long> byStatus) {

    private static final List<String> STATUSES =
            List.of("not_started", "running", "paused", "completed", "failed", "cancelled", "interrupted");

    private static final int FIRST_STATUS = 7;

    /** Of a row of sums: executions, four kinds of tokens, cost, tool calls, and then each status. */
    static Totals of(Object[] row) {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < STATUSES.size(); i++) {
            long count = number(row[FIRST_STATUS + i]);
            if (count != 0) {
                byStatus.put(STATUSES.get(i), count);
            }
        }
        return new Totals(
                number(row[0]),
                number(row[1]),
                number(row[2]),
                number(row[3]),
                number(row[4]),
                row[5] == null ? BigDecimal.ZERO : (BigDecimal) row[5],
                number(row[6]),
                byStatus);
    }

    private static long number(Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }

    public long totalTokens() {
        return inputTokens + outputTokens + cacheCreationTokens + cacheReadTokens;
    }

    public long count(String status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
