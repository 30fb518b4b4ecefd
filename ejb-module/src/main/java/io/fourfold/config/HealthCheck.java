package io.fourfold.config;

import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;

/** Something that ought to hold. */
public record HealthCheck(Expression expected, Severity severity, String description) {

    public enum Severity {
        CRITICAL,
        WARN
    }

    static HealthCheck read(Fields fields) {
        return new HealthCheck(
                fields.expression("expression", Context.HEALTH_CHECK),
                fields.oneOf("severity", Severity.class, null),
                fields.optionalText("description").orElse(""));
    }
}
