package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.Consequences;
import io.fourfold.decision.DecisionDesk;
import io.fourfold.decision.PhaseApprovals;
import io.fourfold.decision.Register;
import io.fourfold.log.Log;
import io.fourfold.routing.Cascade;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;

/** Sees to what decisions come to, each second: one turn at a time, and one that failed is tried again. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DecisionHost {

    @Inject
    Register register;

    @Inject
    DecisionDesk desk;

    @Inject
    PhaseApprovals approvals;

    @Inject
    EngineConfigs configs;

    @Inject
    Log log;

    @Inject
    Clock clock;

    private Turning loop;

    @PostConstruct
    void start() {
        Consequences consequences =
                new Consequences(register, desk, configs::current, log, Cascade.INTELLIGENCE, approvals);
        loop = new Turning("decisions", consequences::turn);
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        loop.turn(clock.instant());
    }

    /** Why the last turn failed; null when it did not. */
    public String failure() {
        return loop.failure();
    }
}
