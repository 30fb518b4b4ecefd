package io.fourfold.trigger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What triggers heard and let be without recording it, counted since this server started. */
public final class Tallies {

    /** Triggers counted at once: more than there may be. */
    private static final int MAX = 2_000;

    /** One trigger's. */
    private static final class Tally {
        private final LongAdder missed = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder own = new LongAdder();
    }

    /**
     * @param missed records that were for it, but its conditions did not hold
     * @param failed those of them that its expression could not be evaluated for
     * @param own    records of its own executions
     */
    public record Counts(long missed, long failed, long own) {}

    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    private Tally of(String trigger) {
        if (tallies.size() >= MAX && !tallies.containsKey(trigger)) {
            tallies.clear();
        }
        return tallies.computeIfAbsent(trigger, id -> new Tally());
    }

    void missed(String trigger, Hearing hearing) {
        Tally tally = of(trigger);
        tally.missed.increment();
        if (hearing.failed()) {
            tally.failed.increment();
        }
    }

    void own(String trigger) {
        of(trigger).own.increment();
    }

    public Counts counts(String trigger) {
        Tally tally = of(trigger);
        return new Counts(tally.missed.sum(), tally.failed.sum(), tally.own.sum());
    }
}
