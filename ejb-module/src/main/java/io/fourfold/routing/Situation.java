package io.fourfold.routing;

import io.fourfold.expression.Facts;
import io.fourfold.log.Did;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the cascade decides on, as it is at one moment.
 *
 * @param position     up to which record of the configuration
 * @param facts        for one record: what its expressions may ask
 * @param patterns     the pattern a record matches, if any
 * @param trusted      the actor most trusted in a domain, among those that can be reached
 * @param intelligence whether a model may be asked for a rule
 */
public record Situation(
        RuleIndex rules,
        long position,
        Function<Routable, Facts> facts,
        Function<Routable, Optional<Match>> patterns,
        Function<String, Optional<Trusted>> trusted,
        boolean intelligence) {

    /** How close a pattern comes, and what is done with it. */
    public enum Level {
        /** The same but for its parameters: what was done then is done again. */
        REPLAY,
        /** The same inputs and outputs at the same place. */
        ADAPT,
        /** The same inputs and outputs. */
        EXPLORE
    }

    /** A pattern that a record matches; {@code target} did it before. */
    public record Match(String pattern, Level level, Did target) {}

    public record Trusted(Did actor, double score, double observations) {}
}
