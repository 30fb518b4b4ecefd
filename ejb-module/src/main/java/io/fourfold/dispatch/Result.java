package io.fourfold.dispatch;

import java.math.BigDecimal;

/**
 * How a dispatch ended.
 *
 * @param failureReason null on success
 * @param costUsd       as the adapter says, or our prices
 */
public record Result(boolean success, String failureReason, BigDecimal costUsd, long tokensIn, long tokensOut) {

    /** A reason, at most. */
    static final int REASON_CHARS_MAX = 2_000;

    private static final long TOKENS_MAX = (1L << 53) - 1;

    /** What an adapter says may be anything: here it is what a record can hold. */
    public Result {
        failureReason = failureReason == null ? null : plain(failureReason);
        tokensIn = Math.max(0, Math.min(tokensIn, TOKENS_MAX));
        tokensOut = Math.max(0, Math.min(tokensOut, TOKENS_MAX));
    }

    /** Without NUL and halves of characters, and not longer than it may be. */
    static String plain(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), REASON_CHARS_MAX));
        text.codePoints()
                .limit(REASON_CHARS_MAX)
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

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
