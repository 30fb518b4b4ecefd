package io.fourfold.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts the steps of one evaluation and ends it at a limit. One step for each part evaluated, one more for each 64
 * characters or bytes it evaluates to; where a list or map is built or compared, one for each value inside.
 */
final class Meter implements CelEvaluationListener {

    /** Ends an evaluation. An {@code Error}, because CEL's {@code ||} and {@code &&} go on after an exception. */
    static final class Stopped extends Error {

        private static final long serialVersionUID = 1L;

        Stopped(String limit) {
            super(limit, null, false, false);
        }
    }

    private static final int CHARACTERS_PER_STEP = 64;
    private static final long ASKING_STEPS = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long WALL_NANOS = TimeUnit.MILLISECONDS.toNanos(Limits.WALL_MILLIS_MAX);

    /** Steps between two looks at the clock. */
    private static final long CLOCK_STEPS = 256;

    private final Set<Long> weighed;
    private final LongSupplier nanos;
    private long looked;
    private long spent;
    private long steps;
    private long nextLook = CLOCK_STEPS;

    Meter(Set<Long> weighed, LongSupplier nanos) {
        this.weighed = weighed;
        this.nanos = nanos;
        this.looked = nanos.getAsLong();
    }

    long steps() {
        return steps;
    }

    @Override
    public void callback(CelExpr part, Object value) {
        switch (value) {
            case String text -> charge(1 + text.length() / CHARACTERS_PER_STEP);
            case CelByteString bytes -> charge(1 + bytes.size() / CHARACTERS_PER_STEP);
            case Map<?, ?> map when weighed.contains(part.id()) -> weigh(map);
            case Iterable<?> list when weighed.contains(part.id()) -> weigh(list);
            case null, default -> charge(1);
        }
    }

    void charge(long more) {
        steps += more;
        if (steps > Limits.STEPS_MAX) {
            throw new Stopped("stopped after " + Limits.STEPS_MAX + " steps");
        }
        if (steps >= nextLook) {
            nextLook = steps + CLOCK_STEPS;
            look();
        }
    }

    /** Between two looks lie few steps: more than {@link #PAUSE_NANOS} there is a pause of the machine. */
    private void look() {
        pass(PAUSE_NANOS);
        if (spent > WALL_NANOS) {
            throw new Stopped("stopped after " + Limits.WALL_MILLIS_MAX + " ms");
        }
    }

    private void pass(long most) {
        long now = nanos.getAsLong();
        spent += Math.min(now - looked, most);
        looked = now;
    }

    /** Asks for a fact if there is time left for it; all of the time that it takes counts. */
    Object ask(Supplier<Object> fact) {
        charge(ASKING_STEPS);
        look();
        try {
            return fact.get();
        } finally {
            pass(Long.MAX_VALUE);
        }
    }

    /** Charges for every value inside, as often as it occurs: a value that holds another twice costs it twice. */
    void weigh(Object value) {
        switch (value) {
            case String text -> charge(1 + text.length() / CHARACTERS_PER_STEP);
            case CelByteString bytes -> charge(1 + bytes.size() / CHARACTERS_PER_STEP);
            case Map<?, ?> map -> {
                charge(1);
                map.forEach((key, inside) -> {
                    weigh(key);
                    weigh(inside);
                });
            }
            case Iterable<?> list -> {
                charge(1);
                list.forEach(this::weigh);
            }
            case null, default -> charge(1);
        }
    }
}
