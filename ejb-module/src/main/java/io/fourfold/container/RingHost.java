package io.fourfold.container;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.Ringer;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Nodes;
import io.fourfold.view.cache.ReadCache;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hosts the ear for other nodes: a thread of its own, which connects again after the database was away. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RingHost {

    private static final Logger LOG = Logger.getLogger(RingHost.class.getName());

    @Inject
    Nodes nodes;

    @Inject
    Log log;

    @Inject
    Doorbell doorbell;

    @Inject
    IngestHost ingest;

    @Inject
    ReadCache cache;

    private Thread thread;
    private volatile boolean stopped;

    @PostConstruct
    void start() {
        Ringer ringer = new Ringer(nodes, log, doorbell, ingest.steering(), cache::clear);
        thread = Thread.ofPlatform().daemon().name("rings").start(() -> run(ringer));
    }

    private void run(Ringer ringer) {
        for (boolean well = true; !stopped; ) {
            try {
                ringer.turn();
                well = true;
            } catch (RuntimeException broken) {
                if (well && !stopped) {
                    LOG.log(Level.WARNING, "Other nodes cannot be heard; tried again until they can", broken);
                }
                well = false;
                LockSupport.parkNanos(Ringer.POLL.toNanos());
            }
        }
        nodes.close();
    }

    @PreDestroy
    void stop() {
        stopped = true;
        try {
            thread.join(Ringer.POLL.multipliedBy(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
