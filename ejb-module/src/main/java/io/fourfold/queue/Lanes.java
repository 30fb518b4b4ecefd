package io.fourfold.queue;

import java.util.HashMap;
import java.util.Map;

/**
 * How much may run at once, over all nodes.
 *
 * @param atOnce  of the whole queue
 * @param room    for how many more this node has room
 * @param perLane of single lanes, where what waits in them does not say so itself; one that is not named has no limit
 *                but the whole's
 */
public record Lanes(int atOnce, int room, Map<String, Integer> perLane) {

    /** How far behind the first in line that may go a claim looks; what stands behind so many is seen a turn later. */
    static final int LOOK_AHEAD_MAX = 1_000;

    /** A lane that may have as much as the whole has no limit of its own. */
    public Lanes {
        Map<String, Integer> narrower = new HashMap<>(perLane);
        int whole = atOnce;
        narrower.values().removeIf(most -> most >= whole);
        perLane = Map.copyOf(narrower);
    }

    /** As far as the whole goes, with room for all of it here. */
    public Lanes(int atOnce, Map<String, Integer> perLane) {
        this(atOnce, atOnce, perLane);
    }
}
