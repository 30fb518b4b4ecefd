package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Topic;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.StallWindows;
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

/** Hosts TICK: a timer rings, and one turn runs at a time. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TickHost {

    @Inject
    Views views;

    @Inject
    Inlet inlet;

    @Inject
    EngineConfigs configs;

    @Inject
    Clock clock;

    private Turning loop;
    private int periodSeconds;
    private Instant due = Instant.MIN;

    @PostConstruct
    void start() {
        int hours = Configuration.number(Settings.STALL_HOURS, 1, 8_760);
        periodSeconds = Configuration.number(Settings.TICK_SECONDS, 1, 3_600);
        loop = new Turning(new TickLoop(
                views::stalled, inlet::accept, new StallWindows(configs::current, Duration.ofHours(hours))));
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plusSeconds(
                configs.current().of(Topic.ENGINE_LIMITS).isEmpty()
                        ? periodSeconds
                        : configs.current().limits().tickSeconds());
        loop.turn(now);
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
