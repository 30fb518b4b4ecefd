package io.fourfold.container;

import io.fourfold.engine.Admission;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.Standstill;
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

/** Hosts what freezes end, within a second of when they do, and writes down counted denials. */
@Startup
@Singleton
@DependsOn("DispatchHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FleetHost {

    private static final Logger LOG = Logger.getLogger(FleetHost.class.getName());

    @Inject
    Standstill standstill;

    @Inject
    DispatchHost dispatches;

    @Inject
    Admission admission;

    @Inject
    Clock clock;

    @Inject
    FleetControl fleet;

    private final ReentrantLock turning = new ReentrantLock();
    private boolean wasFrozen;
    private boolean well = true;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void turn() {
        if (!turning.tryLock()) {
            return;
        }
        try {
            standstill.turn(clock.instant());
            boolean frozen = !fleet.current().isClear();
            if (frozen || wasFrozen) {
                dispatches.stopEnded();
            }
            wasFrozen = frozen;
            admission.report(clock.instant());
            well = true;
        } catch (RuntimeException broken) {
            if (well) {
                LOG.log(Level.WARNING, "Freezes are not carried out, and tried again each second", broken);
            }
            well = false;
        } finally {
            turning.unlock();
        }
    }
}
