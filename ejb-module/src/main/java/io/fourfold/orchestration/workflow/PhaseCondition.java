package io.fourfold.orchestration.workflow;

import io.fourfold.expression.Context;
import io.fourfold.expression.ExpressionFault;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import java.util.Map;
import java.util.Optional;

/** The field {@code when} of a phase: CEL over {@code inputs} and {@code phases}, the results of those before it. */
public final class PhaseCondition {

    private static final Expressions EXPRESSIONS = new Expressions();

    private PhaseCondition() {}

    /** What is wrong with it; empty when it can be evaluated. */
    static Optional<String> fault(String when) {
        try {
            EXPRESSIONS.compile(Context.PHASE, when);
            return Optional.empty();
        } catch (ExpressionFault fault) {
            return Optional.of(fault.getMessage());
        }
    }

    /**
     * Whether the phase is to run.
     *
     * @param phases id of each earlier phase to its {@code status} (completed or skipped), {@code output} and
     *     {@code artifacts}
     * @throws io.fourfold.expression.ExpressionFailure when it cannot be evaluated
     */
    public static boolean holds(String when, Map<String, Object> inputs, Map<String, Object> phases) {
        return EXPRESSIONS.compile(Context.PHASE, when).holds(Map.of("inputs", inputs, "phases", phases), Facts.NONE);
    }
}
