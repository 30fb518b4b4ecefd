package io.fourfold.container;

import io.fourfold.engine.Inlet;
import io.fourfold.engine.Settings;
import io.fourfold.engine.TickLoop;
import io.fourfold.view.Views;
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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hosts TICK: a timer rings, and one turn runs at a time. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TickHost {

    private static final Logger LOG = Logger.getLogger(TickHost.class.getName());

    @Inject
    Views views;

    @Inject
    Inlet inlet;

    @Inject
    Clock clock;

    private final ReentrantLock turning = new ReentrantLock();
    private TickLoop loop;
    private volatile Instant lastTurn;
    private volatile String failure;
    private int periodSeconds;
    private Instant due = Instant.MIN;

    @PostConstruct
    void start() {
        int hours = Configuration.number(Settings.STALL_HOURS, 1, 8_760);
        periodSeconds = Configuration.number(Settings.TICK_SECONDS, 1, 3_600);
        loop = new TickLoop(views::stalled, inlet::accept, Duration.ofHours(hours));
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plusSeconds(periodSeconds);
        turn(now);
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
            LOG.log(Level.WARNING, "TICK failed and is tried again", broken);
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
