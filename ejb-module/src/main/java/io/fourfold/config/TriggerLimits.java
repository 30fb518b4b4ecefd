package io.fourfold.config;

import java.math.BigDecimal;

/**
 * How often a trigger may fire, each figure under the name of the guard that keeps it.
 *
 * @param maxConcurrent  executions of it at once
 * @param maxAttempts    for one subject, such as a pull request
 * @param cooldownSeconds between two for one subject
 * @param debounceSeconds the last event in so long fires, once
 * @param dailyLimit     in a day, UTC
 * @param budgetUsd      in a day, UTC: reaching it pauses the trigger
 * @param budgetTotalUsd altogether; null for no limit
 * @param chainDepth     of triggers that fire each other
 * @param circuitBreaker failures in a row that pause it
 * @param dispatchRate   in {@value #RATE_SECONDS} seconds, over all triggers
 */
public record TriggerLimits(
        int maxConcurrent,
        int maxAttempts,
        int cooldownSeconds,
        int debounceSeconds,
        int dailyLimit,
        BigDecimal budgetUsd,
        BigDecimal budgetTotalUsd,
        int chainDepth,
        int circuitBreaker,
        int dispatchRate) {

    public static final int RATE_SECONDS = 60;

    private static final int COUNT_MAX = 100_000;
    private static final int SECONDS_MAX = 604_800;

    static TriggerLimits read(Fields fields, Trigger.Source source) {
        int cooldown =
                switch (source) {
                    case GITHUB -> 300;
                    case RECORD, SCHEDULE -> 60;
                };
        return new TriggerLimits(
                number(fields, "max_concurrent", 1, 1, EngineLimits.AT_ONCE_MAX),
                number(fields, "max_attempts", 3, 1, COUNT_MAX),
                number(fields, "cooldown", cooldown, 0, SECONDS_MAX),
                number(fields, "debounce", 0, 0, SECONDS_MAX),
                number(fields, "daily_limit", 20, 1, COUNT_MAX),
                fields.decimal("budget", "10.00", "0", EngineLimits.BUDGET_USD_MAX),
                fields.decimal("budget_total", "0", EngineLimits.BUDGET_USD_MAX),
                number(fields, "chain_depth", 5, 1, 100),
                number(fields, "circuit_breaker", 3, 1, COUNT_MAX),
                number(fields, "dispatch_rate", 10, 1, COUNT_MAX));
    }

    private static int number(Fields fields, String name, int fallback, int least, int most) {
        return (int) fields.whole(name, fallback, least, most);
    }
}
