package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.engine.Doorbell;
import io.fourfold.engine.Situations;
import io.fourfold.engine.Tail;
import io.fourfold.kit.Commands;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.trigger.Chain;
import io.fourfold.trigger.Ends;
import io.fourfold.trigger.Firings;
import io.fourfold.trigger.Tallies;
import io.fourfold.trigger.Timetable;
import io.fourfold.trigger.Triggers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;

/** Lets triggers hear the log, on a thread of their own, and the clock, once a second. */
@Startup
@Singleton
@DependsOn("ReconcileHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TriggerHost {

    /** The name of its cursor. */
    public static final String TAIL = "triggers";

    @Resource(lookup = "java:app/concurrent/loops")
    ManagedExecutorService executor;

    @Inject
    Database database;

    @Inject
    Log log;

    @Inject
    Commands commands;

    @Inject
    EngineConfigs configs;

    @Inject
    Situations situations;

    @Inject
    Firings firings;

    @Inject
    Chain chain;

    @Inject
    Tallies tallies;

    @Inject
    Doorbell doorbell;

    @Inject
    Clock clock;

    private Triggers triggers;
    private Pump pump;
    private Turning timetable;
    private volatile boolean open;

    @PostConstruct
    void start() {
        triggers = new Triggers(
                new Tail(TAIL, log, new CursorTable(database.source()).cursor(TAIL)),
                configs,
                firings,
                new Ends(log, commands, firings),
                chain,
                () -> situations.now().facts(),
                tallies);
        timetable = new Turning("timetable", new Timetable(log, configs, firings)::turn);
        pump = new Pump(TAIL, doorbell, triggers::turn);
        open = Configuration.role().works();
        if (open) {
            executor.execute(pump);
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        if (open) {
            timetable.turn(clock.instant());
        }
    }

    public long lag() {
        return triggers.lag();
    }

    /** Why the last turn failed; null when it did not. */
    public String failure() {
        return pump.failure() == null ? timetable.failure() : pump.failure();
    }

    @PreDestroy
    void stop() {
        open = false;
        pump.stop();
    }
}
