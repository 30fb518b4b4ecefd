package io.fourfold.container;

import io.fourfold.config.AdapterEntry;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.dispatch.Breaker;
import io.fourfold.dispatch.Directory;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.Dispatcher;
import io.fourfold.dispatch.Overdue;
import io.fourfold.fleet.FleetControl;
import io.fourfold.kit.Commands;
import io.fourfold.log.Log;
import io.fourfold.queue.Claim;
import io.fourfold.queue.Lanes;
import io.fourfold.routing.Cascade;
import io.fourfold.view.Views;
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
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs dispatches: claims what waits within the limits of the configuration, on an executor of its own. */
@ManagedExecutorDefinition(
        name = "java:app/concurrent/adapters",
        maxAsync = DispatchHost.RUNNING_MAX,
        hungTaskThreshold = 0)
@Startup
@Singleton
@DependsOn("NodeHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DispatchHost {

    /** Dispatches at once on this node, whatever the configuration says. */
    static final int RUNNING_MAX = 64;

    /** One after the other, so that the next record finds what was proposed for the one before. */
    private static final int PROPOSING_MAX = 1;

    private static final Logger LOG = Logger.getLogger(DispatchHost.class.getName());

    @Resource(lookup = "java:app/concurrent/adapters")
    ManagedExecutorService executor;

    @Inject
    NodeHost node;

    @Inject
    Queues queues;

    @Inject
    EngineConfigs configs;

    @Inject
    Commands commands;

    @Inject
    Log log;

    @Inject
    Directory directory;

    @Inject
    Views views;

    @Inject
    Clock clock;

    @Inject
    FleetControl fleet;

    private final Map<Claim, Future<?>> held = new ConcurrentHashMap<>();
    private final ReentrantLock claiming = new ReentrantLock();
    private final Breaker breaker = new Breaker();
    private Dispatcher dispatcher;
    private Turning claims;
    private Turning renewal;
    private Turning ending;
    private volatile boolean open;

    @PostConstruct
    void start() {
        dispatcher = new Dispatcher(commands, log, directory, breaker, clock);
        Overdue overdue = new Overdue(views::overdue, commands);
        claims = new Turning("claims of dispatches", now -> claim());
        renewal = new Turning("dispatch leases", now -> queues.dispatches().renew(List.copyOf(held.keySet())));
        ending = new Turning("overdue dispatches", now -> overdue.turn(now));
        queues.dispatches().releaseAll();
        open = Configuration.role().works();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        claims.turn(clock.instant());
    }

    /** Takes on what waits, as far as there is room. */
    public void claim() {
        if (!claiming.tryLock()) {
            return;
        }
        try {
            if (open && node.isNamed() && held.size() < RUNNING_MAX) {
                queues.dispatches().claim(lanes(), fleet.current().heldTags()).forEach(this::take);
            }
        } catch (IllegalStateException unreachable) {
            LOG.log(Level.FINE, "Nothing claimed", unreachable);
        } finally {
            claiming.unlock();
        }
    }

    private Lanes lanes() {
        EngineConfig config = configs.current();
        Map<String, Integer> most = new HashMap<>();
        for (Declared<AdapterEntry> adapter : config.adapters()) {
            most.put(adapter.value().did().value(), adapter.value().maxConcurrent());
        }
        most.put(Cascade.INTELLIGENCE.value(), PROPOSING_MAX);
        breaker.most(clock.instant()).forEach((lane, few) -> most.merge(lane, few, Math::min));
        return new Lanes(config.limits().maxConcurrentDispatches(), RUNNING_MAX - held.size(), most);
    }

    private void take(Claim claim) {
        FutureTask<?> task = new FutureTask<>(() -> run(claim), null);
        held.put(claim, task);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException goingDown) {
            held.remove(claim);
            LOG.log(Level.FINE, "Not taken: " + claim.id(), goingDown);
        }
    }

    private void run(Claim claim) {
        try {
            Optional<Instant> again = dispatcher.run(claim);
            again.ifPresentOrElse(notBefore -> queues.dispatches().release(claim, notBefore), () -> queues.dispatches()
                    .done(claim));
        } catch (InterruptedException stopped) {
            LOG.log(Level.INFO, "Dispatch {0} was stopped", claim.id());
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "Dispatch " + claim.id() + " stopped on this node", broken);
        } finally {
            held.remove(claim);
        }
        claim();
    }

    /** Stops the work on this node for dispatches that were ended from outside, by a freeze. */
    public void stopEnded() {
        held.forEach((claim, task) -> {
            boolean over = commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(claim.id()))
                    .status()
                    .isOver();
            if (over) {
                task.cancel(true);
            }
        });
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    public void renew() {
        renewal.turn(clock.instant());
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void endOverdue() {
        ending.turn(clock.instant());
    }

    public int running() {
        return held.size();
    }

    @PreDestroy
    void stop() {
        open = false;
    }
}
