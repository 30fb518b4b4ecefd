package io.fourfold.view;

import java.math.BigDecimal;
import java.util.Map;

/** Sums over executions; {@code byStatus} counts them by status. */
public record Totals(
        long executions,
        long inputTokens,
        long outputTokens,
        long cacheCreationTokens,
        long cacheReadTokens,
        BigDecimal costUsd,
        long toolCalls,
        Map<String, Long> byStatus) {

    static Totals of(Object[] row, Map<String, Long> byStatus) {
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
