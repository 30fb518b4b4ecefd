package io.fourfold.intelligence;

import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import java.util.List;

/**
 * What a proposal may build on.
 *
 * @param targets  who can be reached
 * @param unrouted goals of records that were left to people lately, in the same namespace
 */
public record Surroundings(List<Target> targets, List<String> unrouted) {

    static final int TARGETS_MAX = 100;
    static final int UNROUTED_MAX = 10;

    /** {@code about} says in words what it is for. */
    public record Target(Did did, String about) {}

    /** Asked anew for each record. */
    public interface Source {
        Surroundings of(Entry record);
    }

    public Surroundings {
        targets = targets.stream().limit(TARGETS_MAX).toList();
        unrouted = unrouted.stream().limit(UNROUTED_MAX).toList();
    }
}
