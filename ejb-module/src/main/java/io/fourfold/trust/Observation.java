package io.fourfold.trust;

import io.fourfold.log.Did;
import io.fourfold.log.EntryId;
import java.time.Instant;

/**
 * One verdict on one claim.
 *
 * @param verdict   the record that judges
 * @param claim     the record that is judged
 * @param actor     who wrote the claim
 * @param domain    {@value #DOMAIN_WHEN_NONE} when nobody names one
 * @param evaluator who wrote the verdict
 * @param position  the verdict's place in the log
 * @param at        when the log took the verdict
 */
public record Observation(
        EntryId verdict,
        EntryId claim,
        Did actor,
        String domain,
        Did evaluator,
        boolean accepted,
        long position,
        Instant at) {

    static final String DOMAIN_WHEN_NONE = "general";

    /** Kept, and worth nothing. */
    public boolean ofOneself() {
        return evaluator.equals(actor);
    }
}
