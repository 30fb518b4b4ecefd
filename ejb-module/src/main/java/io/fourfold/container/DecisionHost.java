package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.Consequences;
import io.fourfold.decision.DecisionDesk;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sees to what decisions come to, each second: one turn at a time, and one that failed is tried again. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DecisionHost {

    private static final Logger LOG = Logger.getLogger(DecisionHost.class.getName());

    @Inject
    Register register;

    @Inject
    DecisionDesk desk;

    @Inject
    EngineConfigs configs;

    @Inject
    Log log;

    @Inject
    Clock clock;

    private final ReentrantLock busy = new ReentrantLock();
    private Consequences consequences;
    private volatile String failure;

    @PostConstruct
    void start() {
        consequences = new Consequences(register, desk, configs::current, log, Cascade.INTELLIGENCE);
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        if (!busy.tryLock()) {
            return;
        }
        try {
            consequences.turn(clock.instant());
            failure = null;
        } catch (RuntimeException broken) {
            if (failure == null) {
                LOG.log(Level.WARNING, "Decisions are not carried out, and it is tried again", broken);
            }
            failure = String.valueOf(broken.getMessage());
        } finally {
            busy.unlock();
        }
    }
}
