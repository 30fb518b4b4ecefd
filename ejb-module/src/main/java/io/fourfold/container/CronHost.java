package io.fourfold.container;

import io.fourfold.engine.CronLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.RehashAudit;
import io.fourfold.engine.TreeHeads;
import io.fourfold.log.Log;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hosts CRON: a timer rings, and one turn runs at a time. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class CronHost {

    private static final Logger LOG = Logger.getLogger(CronHost.class.getName());

    @Inject
    Log log;

    @Inject
    Inlet inlet;

    @Inject
    RehashAudit rehash;

    @Inject
    TreeHeads heads;

    @Inject
    Clock clock;

    private final ReentrantLock turning = new ReentrantLock();
    private CronLoop loop;
    private volatile Instant lastTurn;
    private volatile String failure;

    @PostConstruct
    void start() {
        loop = new CronLoop(
                log,
                inlet::accept,
                List.of(
                        new CronLoop.Job("tree-head", LocalTime.of(0, 10), heads),
                        new CronLoop.Job("rehash-audit", LocalTime.of(3, 30), rehash)));
    }

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void ring() {
        turn(clock.instant());
    }

    private void turn(Instant now) {
        if (!turning.tryLock()) {
            return;
        }
        try {
            loop.turn(now);
            failure = null;
            lastTurn = now;
        } catch (RuntimeException broken) {
            failure = String.valueOf(broken.getMessage());
            LOG.log(Level.WARNING, "CRON failed and is tried again", broken);
        } finally {
            turning.unlock();
        }
    }

    /** When a turn last ended well; null before the first. */
    public Instant lastTurn() {
        return lastTurn;
    }

    /** Why the last turn failed; null when it did not. */
    public String failure() {
        return failure;
    }
}
