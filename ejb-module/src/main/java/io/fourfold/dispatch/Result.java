package io.fourfold.dispatch;

import java.math.BigDecimal;

/**
 * How a dispatch ended.
 *
 * @param failureReason null on success
 * @param costUsd       as the adapter says, or our prices
 */
public record Result(boolean success, String failureReason, BigDecimal costUsd, long tokensIn, long tokensOut) {

    public static Result done() {
        return new Result(true, null, BigDecimal.ZERO, 0, 0);
    }

    public static Result failed(String reason) {
        return new Result(false, reason, BigDecimal.ZERO, 0, 0);
    }

    /** The same, but no success where it cost more than it may. */
    Result within(BigDecimal budgetUsd) {
        if (budgetUsd == null || costUsd.compareTo(budgetUsd) <= 0) {
            return this;
        }
        String over = "budget_exceeded: expected at most " + budgetUsd.toPlainString() + " USD, but it cost "
                + costUsd.toPlainString();
        return new Result(false, over, costUsd, tokensIn, tokensOut);
    }
}
