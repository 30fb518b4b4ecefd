package io.fourfold.queue;

import java.util.Map;

/**
 * How much may run at once, over all nodes.
 *
 * @param atOnce  of the whole queue
 * @param perLane of single lanes; one that is not named has no limit but the whole's
 */
public record Lanes(int atOnce, Map<String, Integer> perLane) {

    public Lanes {
        perLane = Map.copyOf(perLane);
    }
}
