package io.fourfold.engine;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.fleet.Fleet;
import io.fourfold.fleet.FleetControl;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.pattern.PatternRegistry;
import io.fourfold.pattern.Patterns;
import io.fourfold.routing.RuleIndex;
import io.fourfold.routing.Situation;
import io.fourfold.trust.Trust;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What the cascade decides on, read together. */
public final class Situations {

    private record Indexed(EngineConfig config, RuleIndex rules) {}

    private final EngineConfigs configs;
    private final Patterns patterns;
    private final Log log;
    private final Trust trust;
    private final FleetControl fleet;
    private final Predicate<Did> reachable;
    private final BooleanSupplier intelligence;
    private final Clock clock;
    private volatile Indexed indexed = new Indexed(EngineConfig.EMPTY, RuleIndex.NONE);

    /**
     * @param reachable    whether something sent there would be done by someone
     * @param intelligence whether a model may be asked for a rule
     */
    public Situations(
            EngineConfigs configs,
            Patterns patterns,
            Log log,
            Trust trust,
            FleetControl fleet,
            Predicate<Did> reachable,
            BooleanSupplier intelligence,
            Clock clock) {
        this.configs = configs;
        this.patterns = patterns;
        this.log = log;
        this.trust = trust;
        this.fleet = fleet;
        this.reachable = reachable;
        this.intelligence = intelligence;
        this.clock = clock;
    }

    /** Expressions about a record ask for what is in its namespace and below; about one in the default's, for all. */
    private static Predicate<Entry> within(String namespace) {
        return entry -> namespace.equals(Entry.DEFAULT_NAMESPACE)
                || entry.namespace().equals(namespace)
                || entry.namespace().startsWith(namespace + "/");
    }

    /** An index is made once for each configuration. */
    private RuleIndex rules(EngineConfig config) {
        Indexed last = indexed;
        if (last.config() != config) {
            last = new Indexed(config, new RuleIndex(config.routingRules()));
            indexed = last;
        }
        return last.rules();
    }

    /** No older than any record that was there before the call. */
    public Situation now() {
        return now(any -> true);
    }

    /** As one sees it who may not read every record: its facts are of those that are {@code readable}. */
    public Situation now(Predicate<Entry> readable) {
        configs.catchUp();
        patterns.catchUp();
        EngineConfig config = configs.current();
        PatternRegistry registry = patterns.registry();
        Fleet frozen = fleet.current();
        Instant now = clock.instant();
        return new Situation(
                rules(config),
                config.position(),
                record -> new Moment(
                        log,
                        trust,
                        frozen,
                        now,
                        record.draft().actor(),
                        record.namespace(),
                        within(record.namespace()).and(readable)),
                record -> registry.match(record.draft()),
                domain -> trust.ranked(domain, now).stream()
                        .filter(score -> reachable.test(score.actor()))
                        .findFirst()
                        .map(score -> new Situation.Trusted(score.actor(), score.score(), score.count())),
                intelligence.getAsBoolean());
    }
}
