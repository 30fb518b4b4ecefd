package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Situations;
import io.fourfold.kit.Commands;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.trigger.Chain;
import io.fourfold.trigger.Explanations;
import io.fourfold.trigger.Firings;
import io.fourfold.trigger.Launcher;
import io.fourfold.trigger.Tallies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** How triggers are put together; the rest of {@link Wiring}. */
@ApplicationScoped
public class TriggerWiring {

    @Produces
    @Singleton
    Tallies tallies() {
        return new Tallies();
    }

    @Produces
    @Singleton
    Chain chain(Log log) {
        return new Chain(log);
    }

    @Produces
    @Singleton
    Firings firings(Log log, Commands commands, Starter starter, Inlet inlet, EngineConfigs configs, Clock clock) {
        return new Firings(log, commands, new Launcher(starter, inlet::accept), configs, clock);
    }

    @Produces
    @Singleton
    Explanations explanations(Log log, Firings firings, Chain chain, Situations situations, Clock clock) {
        return new Explanations(
                log,
                firings,
                chain,
                (record, readable) -> situations.now(readable).facts().apply(record),
                clock);
    }
}
