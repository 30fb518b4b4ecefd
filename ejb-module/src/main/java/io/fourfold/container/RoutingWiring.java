package io.fourfold.container;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.dispatch.Adapter;
import io.fourfold.dispatch.Directory;
import io.fourfold.dispatch.ReplayAdapter;
import io.fourfold.dispatch.Routing;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Situations;
import io.fourfold.expression.Expressions;
import io.fourfold.fleet.FleetControl;
import io.fourfold.kit.Commands;
import io.fourfold.log.Did;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.pattern.Patterns;
import io.fourfold.routing.Cascade;
import io.fourfold.trust.Trust;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How records are routed and dispatched; the rest of {@link Wiring}. */
@ApplicationScoped
public class RoutingWiring {

    /** For a connection to an adapter over HTTP. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Produces
    @Singleton
    Expressions expressions() {
        return new Expressions();
    }

    @Produces
    @Singleton
    ConfigDesk configDesk(EngineConfigs configs, Log log) {
        return new ConfigDesk(configs, log);
    }

    @Produces
    @Singleton
    Trust trust() {
        return new Trust();
    }

    @Produces
    @Singleton
    Patterns patterns(Log log) {
        return new Patterns(log);
    }

    @Produces
    @Singleton
    Situations situations(
            EngineConfigs configs,
            Patterns patterns,
            Log log,
            Trust trust,
            FleetControl fleet,
            Directory directory,
            Clock clock) {
        return new Situations(
                configs,
                patterns,
                log,
                trust,
                fleet,
                directory::reaches,
                () -> directory.reaches(Cascade.INTELLIGENCE),
                clock);
    }

    @Produces
    @Singleton
    Cascade cascade() {
        return new Cascade(System::nanoTime);
    }

    @Produces
    @Singleton
    Routing routing(Commands commands, Cascade cascade, Situations situations) {
        return new Routing(commands, cascade, situations::now);
    }

    @Produces
    @Singleton
    Directory directory(
            EngineConfigs configs, Starter starter, Patterns patterns, Inlet inlet, Intelligence intelligence) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        Map<Did, Adapter> engine = new HashMap<>(intelligence.adapters());
        engine.put(Cascade.REPLAY, new ReplayAdapter(patterns::registry, inlet::accept));
        return new Directory(configs::current, starter, http, Wiring.data().resolve("scratch"), engine);
    }
}
