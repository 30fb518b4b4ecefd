package io.fourfold.config;

import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;
import io.fourfold.log.Did;

/** Sends records for which {@code when} holds to {@code target}. */
public record RoutingRule(Expression when, Did target, long priority) implements Ranked {

    static RoutingRule read(Fields fields) {
        return new RoutingRule(
                fields.expression("expression", Context.ROUTING), fields.did("target"), fields.whole("priority", 0));
    }
}
