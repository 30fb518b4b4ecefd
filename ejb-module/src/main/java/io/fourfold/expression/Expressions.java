package io.fourfold.expression;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Compiles expressions, and keeps the {@value Limits#CACHE_EXPRESSIONS_MAX} used last. */
public final class Expressions {

    private record Key(Context context, String text, boolean condition) {}

    private final Map<Context, Language> languages = new EnumMap<>(Context.class);
    private final Map<Key, Expression> cache = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Expression> eldest) {
            return size() > Limits.CACHE_EXPRESSIONS_MAX;
        }
    };
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final Counters counters;

    public Expressions() {
        this(System::nanoTime);
    }

    /** @param nanos the clock of the time limit, in nanoseconds from anywhere */
    public Expressions(LongSupplier nanos) {
        this.counters = new Counters(nanos);
    }

    /**
     * Compiles a condition.
     *
     * @throws ExpressionFault when it is none, uses a name that its context does not bind, or can be neither true nor
     *     false
     */
    public Expression compile(Context context, String text) {
        return compile(new Key(context, text, true));
    }

    /**
     * Compiles an expression of any type.
     *
     * @throws ExpressionFault when it is none, or uses a name that its context does not bind
     */
    public Expression formula(Context context, String text) {
        return compile(new Key(context, text, false));
    }

    private Expression compile(Key key) {
        synchronized (cache) {
            Expression known = cache.get(key);
            if (known != null) {
                hits.increment();
                return known;
            }
        }
        misses.increment();
        try {
            Expression compiled = language(key.context()).compile(key.text(), key.condition(), counters);
            synchronized (cache) {
                cache.put(key, compiled);
            }
            return compiled;
        } catch (ExpressionFault refused) {
            refusals.increment();
            throw refused;
        }
    }

    private Language language(Context context) {
        synchronized (languages) {
            return languages.computeIfAbsent(context, Language::new);
        }
    }

    public Stats stats() {
        int cached;
        synchronized (cache) {
            cached = cache.size();
        }
        return new Stats(
                cached,
                Limits.CACHE_EXPRESSIONS_MAX,
                hits.sum(),
                misses.sum(),
                refusals.sum(),
                counters.evaluations.sum(),
                counters.errors.sum(),
                counters.stopped.sum());
    }
}
