package io.fourfold.engine;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.log.Did;
import io.fourfold.log.Log;
import io.fourfold.pattern.PatternRegistry;
import io.fourfold.pattern.Patterns;
import io.fourfold.routing.Situation;
import io.fourfold.trust.Trust;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What the cascade decides on, read together. */
public final class Situations {

    private final EngineConfigs configs;
    private final Patterns patterns;
    private final Log log;
    private final Trust trust;
    private final Predicate<Did> reachable;
    private final BooleanSupplier intelligence;
    private final Clock clock;

    /**
     * @param reachable    whether something sent there would be done by someone
     * @param intelligence whether a model may be asked for a rule
     */
    public Situations(
            EngineConfigs configs,
            Patterns patterns,
            Log log,
            Trust trust,
            Predicate<Did> reachable,
            BooleanSupplier intelligence,
            Clock clock) {
        this.configs = configs;
        this.patterns = patterns;
        this.log = log;
        this.trust = trust;
        this.reachable = reachable;
        this.intelligence = intelligence;
        this.clock = clock;
    }

    /** No older than any record that was there before the call. */
    public Situation now() {
        configs.catchUp();
        patterns.catchUp();
        EngineConfig config = configs.current();
        PatternRegistry registry = patterns.registry();
        Instant now = clock.instant();
        return new Situation(
                config.routingRules(),
                config.position(),
                record -> new Moment(log, trust, now, record.draft().actor(), record.namespace(), any -> true),
                record -> registry.match(record.draft()),
                domain -> trust.ranked(domain, now).stream()
                        .filter(score -> reachable.test(score.actor()))
                        .findFirst()
                        .map(score -> new Situation.Trusted(score.actor(), score.score(), score.count())),
                intelligence.getAsBoolean());
    }
}
