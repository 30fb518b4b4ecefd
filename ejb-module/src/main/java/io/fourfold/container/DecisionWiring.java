package io.fourfold.container;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.DecisionDesk;
import io.fourfold.decision.PhaseApprovals;
import io.fourfold.decision.Preview;
import io.fourfold.decision.Proposals;
import io.fourfold.decision.Register;
import io.fourfold.decision.Timeouts;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Situations;
import io.fourfold.kit.Commands;
import io.fourfold.log.Log;
import io.fourfold.routing.Cascade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How people are asked, and what they decide; the rest of {@link Wiring}. */
@ApplicationScoped
public class DecisionWiring {

    @Produces
    @Singleton
    Register register(Log log) {
        return new Register(log);
    }

    @Produces
    @Singleton
    Proposals proposals(ConfigDesk desk) {
        return new Proposals(desk);
    }

    @Produces
    @Singleton
    DecisionDesk decisionDesk(Register register, Proposals proposals, Inlet inlet) {
        return new DecisionDesk(register, proposals, inlet::accept);
    }

    @Produces
    @Singleton
    PhaseApprovals phaseApprovals(Register register, Commands commands, Inlet inlet) {
        return new PhaseApprovals(register, commands, inlet::accept, ExecutorHost.ACTOR);
    }

    @Produces
    @Singleton
    Timeouts timeouts(Register register, DecisionDesk desk, EngineConfigs configs) {
        return new Timeouts(register, desk, configs::current);
    }

    @Produces
    @Singleton
    Preview preview(Log log, Cascade cascade, Situations situations) {
        return new Preview(log, cascade, situations::now);
    }
}
