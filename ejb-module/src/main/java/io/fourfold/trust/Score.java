package io.fourfold.trust;

import io.fourfold.log.Did;
import java.util.List;

/**
 * Trust in an actor in a domain at a moment.
 *
 * @param score        0 to 1
 * @param successes    decayed
 * @param observations decayed
 * @param count        observations as they are
 */
public record Score(
        Did actor,
        String domain,
        double score,
        double successes,
        double observations,
        long count,
        List<Evidence> evidence) {

    /**
     * One verdict and what it weighs now.
     *
     * @param counts not for a verdict on oneself, nor for one that a later verdict of the same evaluator on the same
     *     claim replaced; then it weighs 0
     */
    public record Evidence(Observation observation, boolean counts, double weight, double ageDays) {}
}
