package io.fourfold.container;

import io.fourfold.dispatch.Answers;
import io.fourfold.engine.Doorbell;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Projector;
import io.fourfold.engine.ReconcileLoop;
import io.fourfold.engine.Situations;
import io.fourfold.engine.Tail;
import io.fourfold.kit.Commands;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.projection.Rebuilds;
import io.fourfold.routing.Cascade;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;

/** Hosts RECONCILE and the projector: each on a thread of its own, woken by the doorbell. */
@ManagedExecutorDefinition(name = "java:app/concurrent/loops", maxAsync = 4, hungTaskThreshold = 0)
@Startup
@Singleton
@DependsOn("ExecutorHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ReconcileHost {

    @Resource(lookup = "java:app/concurrent/loops")
    ManagedExecutorService executor;

    @Inject
    Database database;

    @Inject
    Log log;

    @Inject
    Inlet inlet;

    @Inject
    Commands commands;

    @Inject
    Projector projector;

    @Inject
    Rebuilds rebuilds;

    @Inject
    Doorbell doorbell;

    @Inject
    ExecutorHost executions;

    @Inject
    DispatchHost dispatches;

    @Inject
    Cascade cascade;

    @Inject
    Situations situations;

    @Inject
    Clock clock;

    private ReconcileLoop loop;
    private Pump reconcile;
    private Pump project;

    @PostConstruct
    void start() {
        Tail tail = new Tail("reconcile", log, new CursorTable(database.source()).cursor("reconcile"));
        loop = new ReconcileLoop(
                tail, commands, inlet::acceptAll, new Answers(log, commands), cascade, situations::now);
        reconcile = new Pump("reconcile", doorbell, () -> loop.turn(clock.instant()));
        project = new Pump("projector", doorbell, this::fold);
        if (Configuration.role().works()) {
            executor.execute(reconcile);
        }
        executor.execute(project);
        rebuilds.startOutdated();
    }

    private int fold() {
        int folded = projector.turn();
        if (folded > 0) {
            executions.claim();
            dispatches.claim();
        }
        return folded;
    }

    public ReconcileLoop loop() {
        return loop;
    }

    /** Why the last turn of RECONCILE failed; null when it did not. */
    public String failure() {
        return reconcile.failure();
    }

    @PreDestroy
    void stop() {
        reconcile.stop();
        project.stop();
    }
}
