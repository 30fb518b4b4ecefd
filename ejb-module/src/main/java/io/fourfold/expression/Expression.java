package io.fourfold.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A compiled expression; any number of threads may evaluate it at once. */
public final class Expression {

    private final Context context;
    private final String text;
    private final CelRuntime.Program program;
    private final Set<Long> weighed;
    private final List<Necessary> necessary;
    private final Counters counters;

    Expression(
            Context context,
            String text,
            CelRuntime.Program program,
            Set<Long> weighed,
            List<Necessary> necessary,
            Counters counters) {
        this.context = context;
        this.text = text;
        this.program = program;
        this.weighed = weighed;
        this.necessary = necessary;
        this.counters = counters;
    }

    public String text() {
        return text;
    }

    public Context context() {
        return context;
    }

    /** What must be so for it to hold; there may be more that is not told here. */
    public List<Necessary> necessary() {
        return necessary;
    }

    /**
     * Whether it holds.
     *
     * @throws ExpressionFailure when it cannot be evaluated, was stopped by a limit, or is neither true nor false
     */
    public boolean holds(Map<String, Object> variables, Facts facts) {
        Object value = evaluate(variables, facts, new Meter(weighed, counters.nanos()));
        if (value instanceof Boolean holds) {
            return holds;
        }
        counters.error();
        throw new ExpressionFailure("expected true or false, but was " + Plain.shown(value), false, null);
    }

    /**
     * What it evaluates to, as plain JSON-able values: text, {@code Long}, {@code Double}, {@code Boolean}, null, lists
     * and maps by text; timestamps and durations as text.
     *
     * @throws ExpressionFailure when it cannot be evaluated, or was stopped by a limit
     */
    public Object value(Map<String, Object> variables, Facts facts) {
        Meter meter = new Meter(weighed, counters.nanos());
        Object value = evaluate(variables, facts, meter);
        try {
            meter.weigh(value);
            return Plain.of(value);
        } catch (Meter.Stopped limit) {
            throw stopped(limit.getMessage(), limit);
        }
    }

    private Object evaluate(Map<String, Object> variables, Facts facts, Meter meter) {
        counters.evaluation();
        try {
            return program.trace(
                    name -> variable(name, variables, facts), new Answers(context, facts, variables, meter), meter);
        } catch (CelEvaluationException | RuntimeException broken) {
            counters.error();
            throw new ExpressionFailure(Plain.shortened(String.valueOf(broken.getMessage())), false, broken);
        } catch (Meter.Stopped limit) {
            throw stopped(limit.getMessage(), limit);
        } catch (StackOverflowError deep) {
            throw stopped("stopped: nested too deeply", deep);
        }
    }

    private ExpressionFailure stopped(String message, Throwable limit) {
        counters.stopped();
        return new ExpressionFailure(message, true, limit);
    }

    private static Optional<Object> variable(String name, Map<String, Object> variables, Facts facts) {
        Object value = variables.get(name);
        if (value == null && name.equals("system")) {
            return Optional.of(facts.system());
        }
        return Optional.ofNullable(value);
    }
}
