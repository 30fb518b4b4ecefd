package io.fourfold.container;

import io.fourfold.decision.Timeouts;
import io.fourfold.engine.CronLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.RehashAudit;
import io.fourfold.engine.Retention;
import io.fourfold.engine.TreeHeads;
import io.fourfold.log.Log;
import io.fourfold.telemetry.TelemetryStore;
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
import java.time.LocalTime;
import java.util.List;

/** Hosts CRON: a timer rings, and one turn runs at a time. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class CronHost {

    @Inject
    Log log;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Inlet inlet;

    @Inject
    RehashAudit rehash;

    @Inject
    TreeHeads heads;

    @Inject
    Timeouts timeouts;

    @Inject
    Clock clock;

    private Turning loop;

    @PostConstruct
    void start() {
        loop = new Turning(new CronLoop(
                log,
                inlet::accept,
                List.of(
                        new CronLoop.Job("tree-head", LocalTime.of(0, 10), heads),
                        new CronLoop.Job("decision-timeout", LocalTime.of(1, 0), timeouts::result),
                        new CronLoop.Job("rehash-audit", LocalTime.of(3, 30), rehash),
                        new CronLoop.Job("retention", LocalTime.of(4, 0), new Retention(telemetry::dropBefore)))));
    }

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void ring() {
        loop.turn(clock.instant());
    }

    /** When a turn last ended well; null before the first. */
    public Instant lastTurn() {
        return loop.lastTurn();
    }

    /** Why the last turn failed; null when it did not. */
    public String failure() {
        return loop.failure();
    }
}
