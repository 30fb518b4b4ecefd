package io.fourfold.container;

import io.fourfold.artifact.ContentStore;
import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.PhaseApprovals;
import io.fourfold.engine.Doorbell;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.orchestration.execution.House;
import io.fourfold.telemetry.TelemetryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** How a runner is put together. */
@ApplicationScoped
public class ExecutionWiring {

    /** How often an execution is tried again by itself, whatever the setting says. */
    private static final int LOST_RETRIES_MAX = 10;

    @Inject
    Commands commands;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @Inject
    Workshop workshop;

    @Inject
    EngineConfigs configs;

    @Inject
    ContentStore content;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Doorbell doorbell;

    @Inject
    PhaseApprovals approvals;

    public House house(ScheduledExecutorService alarms) {
        return new House(
                commands,
                ExecutorHost.ACTOR,
                ids,
                clock,
                workshop.sandbox(),
                workshop.agents(),
                () -> configs.current().prices(),
                content,
                telemetry::put,
                telemetry::flush,
                telemetry::lastSeq,
                Wiring.shared().resolve("scratch"),
                (thread, action) -> doorbell.listen(thread, action)::close,
                alarms,
                approvals,
                House.BACK_OFF,
                Configuration.number(Settings.LOST_RETRIES, 0, LOST_RETRIES_MAX));
    }
}
