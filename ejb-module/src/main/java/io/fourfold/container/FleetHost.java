package io.fourfold.container;

import io.fourfold.engine.Admission;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.Standstill;
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
import java.time.Instant;

/** Hosts what freezes end, within a second of when they do, and writes down counted denials. */
@Startup
@Singleton
@DependsOn("DispatchHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FleetHost {

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

    private final Turning loop = new Turning("fleet", this::turn);
    private boolean wasFrozen;
    private Turning denials;

    @PostConstruct
    void start() {
        denials = Turning.everywhere("denials", admission::report);
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        Instant now = clock.instant();
        loop.turn(now);
        denials.turn(now);
    }

    private void turn(Instant now) {
        standstill.turn(now);
        boolean frozen = !fleet.current().isClear();
        if (frozen || wasFrozen) {
            dispatches.stopEnded();
        }
        wasFrozen = frozen;
    }

    /** Why the last turn failed; null when it did not. */
    public String failure() {
        return loop.failure() == null ? denials.failure() : loop.failure();
    }
}
