package io.fourfold.config;

import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;

/** Overrides the status of a task while {@code when} holds. */
public record FoldRule(Expression when, Status status, long priority) implements Ranked {

    /** As tasks have it. */
    public enum Status {
        INBOX,
        ACTIVE,
        REVIEW,
        APPROVED,
        REJECTED,
        FAILED,
        BLOCKED,
        DEFERRED,
        CANCELLED,
        REOPENED
    }

    static FoldRule read(Fields fields) {
        return new FoldRule(
                fields.expression("expression", Context.FOLD_RULE),
                fields.oneOf("status", Status.class, null),
                fields.whole("priority", 0));
    }
}
