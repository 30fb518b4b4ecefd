package io.fourfold.expression;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What compiled expressions report back. */
final class Counters {

    final LongAdder evaluations = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder stopped = new LongAdder();
    private final LongSupplier nanos;

    Counters(LongSupplier nanos) {
        this.nanos = nanos;
    }

    LongSupplier nanos() {
        return nanos;
    }

    void evaluation() {
        evaluations.increment();
    }

    void error() {
        errors.increment();
    }

    /** A stopped evaluation is an error too. */
    void stopped() {
        stopped.increment();
        errors.increment();
    }
}
