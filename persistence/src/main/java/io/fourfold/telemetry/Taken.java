package io.fourfold.telemetry;

import java.util.TreeSet;

/**
 * Which observations of one execution were put: all up to a number, and some beyond it. Agents side by side share the
 * numbers, and what each of them did last before a server went down comes again agent by agent.
 */
final class Taken {

    /** Beyond a number that never comes; then it is given up. */
    static final int BEYOND_MAX = 10_000;

    private final TreeSet<Long> beyond = new TreeSet<>();
    private long last;

    Taken(long last) {
        this.last = last;
    }

    /** False when it was there already. */
    boolean add(long seq) {
        if (seq <= last || !beyond.add(seq)) {
            return false;
        }
        if (beyond.size() > BEYOND_MAX) {
            last = beyond.first() - 1;
        }
        while (!beyond.isEmpty() && beyond.first() == last + 1) {
            last = beyond.pollFirst();
        }
        return true;
    }

    long highest() {
        return beyond.isEmpty() ? last : beyond.last();
    }
}
