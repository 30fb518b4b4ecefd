package io.fourfold.config;

import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;

/** Says whether a proposal is applied by itself or presented to a person. */
public record DecisionRule(Expression when, Action action, long priority) implements Ranked {

    public enum Action {
        AUTO_APPLY,
        PRESENT
    }

    static DecisionRule read(Fields fields) {
        return new DecisionRule(
                fields.expression("expression", Context.DECISION),
                fields.oneOf("action", Action.class, null),
                fields.whole("priority", 0));
    }
}
