package io.fourfold.config;

import java.math.BigDecimal;

/**
 * The figures of the engine that may be tuned; what a record does not name keeps its default.
 *
 * @param maxConcurrentDispatches  dispatches at once
 * @param maxConcurrentExecutions  executions at once, over all ways to start one; null where the setting
 *                                 {@code fourfold.executions.max} counts
 * @param dispatchTimeoutSeconds   for one dispatch, where its adapter says nothing else
 * @param dispatchBudgetUsd        for one dispatch, where its adapter says nothing else
 * @param dispatchTries            of a dispatch whose faults are transient
 * @param tickSeconds              between turns of TICK
 * @param decisionTimeoutDays      a request for a decision is open
 * @param patterns                 when a pattern crystallizes and when it is demoted
 */
public record EngineLimits(
        int maxConcurrentDispatches,
        Integer maxConcurrentExecutions,
        int dispatchTimeoutSeconds,
        BigDecimal dispatchBudgetUsd,
        int dispatchTries,
        int tickSeconds,
        int decisionTimeoutDays,
        Patterns patterns) {

    /**
     * Crystallization and its end.
     *
     * @param trustMin            C1, of the producing actor in the domain
     * @param observationsMin     C2
     * @param gainMin             C3, bytes of the members by bytes of template and residuals
     * @param pairsMin            C4, distinct pairs of actor and evaluator
     * @param demoteTrustBelow    trust below it ends a pattern
     * @param demoteRejected      so many rejected among the last {@code demoteReplays} end it too
     */
    public record Patterns(
            double trustMin,
            int observationsMin,
            double gainMin,
            int pairsMin,
            double demoteTrustBelow,
            int demoteRejected,
            int demoteReplays) {

        /** What demotes must not at once be what crystallizes. */
        static Patterns read(Fields fields) {
            BigDecimal trust = fields.decimal("crystallize_trust_min", "0.90", "0", "1");
            int replays = number(fields, "decrystallize_replays", 10, 1_000);
            BigDecimal demote = fields.decimal("decrystallize_trust_below", "0.80", "0", "1");
            if (demote.compareTo(trust) > 0) {
                throw fields.wrong("decrystallize_trust_below", "at most crystallize_trust_min, " + trust);
            }
            return new Patterns(
                    trust.doubleValue(),
                    number(fields, "crystallize_observations_min", 100, 1_000_000),
                    fields.decimal("crystallize_mdl_gain_min", "1.2", "1", "1000")
                            .doubleValue(),
                    number(fields, "crystallize_pairs_min", 2, 1_000),
                    demote.doubleValue(),
                    number(fields, "decrystallize_rejected", Math.min(2, replays), replays),
                    replays);
        }
    }

    public static final EngineLimits DEFAULT = new EngineLimits(
            4, null, 600, new BigDecimal("1.00"), 3, 60, 7, new Patterns(0.90, 100, 1.2, 2, 0.80, 2, 10));

    static final int AT_ONCE_MAX = 1_000;
    static final int TIMEOUT_SECONDS_MAX = 86_400;
    static final String BUDGET_USD_MAX = "1000000";

    static EngineLimits read(Fields fields) {
        return new EngineLimits(
                number(fields, "max_concurrent_dispatches", DEFAULT.maxConcurrentDispatches(), AT_ONCE_MAX),
                fields.has("max_concurrent_executions")
                        ? (Integer) number(fields, "max_concurrent_executions", 1, AT_ONCE_MAX)
                        : null,
                number(fields, "dispatch_timeout_seconds", DEFAULT.dispatchTimeoutSeconds(), TIMEOUT_SECONDS_MAX),
                fields.decimal("dispatch_budget_usd", "1.00", "0", BUDGET_USD_MAX),
                number(fields, "dispatch_tries", DEFAULT.dispatchTries(), 10),
                number(fields, "tick_seconds", DEFAULT.tickSeconds(), 3_600),
                number(fields, "decision_timeout_days", DEFAULT.decisionTimeoutDays(), 365),
                Patterns.read(fields));
    }

    private static int number(Fields fields, String name, int fallback, int most) {
        return (int) fields.whole(name, fallback, 1, most);
    }
}
