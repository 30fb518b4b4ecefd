package io.fourfold.config;

import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;

/** The first that holds decides what may be done; when none does, nothing may. */
public record PermissionRule(Expression when, Action action, long priority) implements Ranked {

    public enum Action {
        ALLOW,
        DENY
    }

    static PermissionRule read(Fields fields) {
        return new PermissionRule(
                fields.expression("expression", Context.PERMISSION),
                fields.oneOf("action", Action.class, null),
                fields.whole("priority", 0));
    }
}
