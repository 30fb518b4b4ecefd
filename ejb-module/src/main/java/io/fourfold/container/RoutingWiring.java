package io.fourfold.container;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.dispatch.Directory;
import io.fourfold.dispatch.Routing;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Commands;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.routing.Cascade;
import io.fourfold.routing.Situations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;

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
    Situations situations(EngineConfigs configs, Directory directory) {
        return new Situations(configs, () -> directory.reaches(Cascade.INTELLIGENCE));
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
    Directory directory(EngineConfigs configs, Starter starter, Intelligence intelligence) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return new Directory(
                configs::current, starter, http, Wiring.data().resolve("scratch"), intelligence.adapters());
    }
}
