package io.fourfold.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** MicroProfile Health: {@code /health/live}, {@code /health/ready}, {@code /health/started}. */
@ApplicationScoped
public class Checks {

    @Inject
    EngineHealth engine;

    @Produces
    @Readiness
    HealthCheck database() {
        return () -> {
            String broken = engine.database();
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("database").status(broken == null);
            return broken == null
                    ? answer.build()
                    : answer.withData("reason", broken).build();
        };
    }

    /** Always up: a server that answers is alive, and one whose loops fail gets better when its database does. */
    @Produces
    @Liveness
    HealthCheck server() {
        return () -> HealthCheckResponse.named("server").up().build();
    }

    @Produces
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.named("loops")
                .status(engine.executor().limit() > 0)
                .build();
    }
}
