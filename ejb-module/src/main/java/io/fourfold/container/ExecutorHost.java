package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.fleet.FleetControl;
import io.fourfold.kit.Commands;
import io.fourfold.log.Did;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Runner;
import io.fourfold.queue.Claim;
import io.fourfold.queue.Lanes;
import io.fourfold.queue.WorkQueue;
import io.fourfold.telemetry.TelemetryStore;
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
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs executions: begins nothing new beyond the limit over all nodes, on an executor of its own; what had begun is
 * taken up again whatever the limit. A paused execution holds its agent, and so its place within the limit; cancelling
 * it gives the place back.
 */
@ManagedExecutorDefinition(
        name = "java:app/concurrent/dispatch",
        maxAsync = ExecutorHost.RUNNING_MAX,
        hungTaskThreshold = 0)
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/alarms", maxAsync = 4)
@Startup
@Singleton
@DependsOn("NodeHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ExecutorHost {

    /** Executions at once on this node, whatever the setting says; also the highest setting. */
    public static final int RUNNING_MAX = 1_000;

    /** How long what is interrupted at a stop has to keep what it left. */
    private static final Duration STOP_MAX = Duration.ofSeconds(12);

    /** So much of a lease is not counted on. */
    private static final Duration UNSURE = Duration.ofSeconds(5);

    static final Did ACTOR = new Did("did:fourfold:system:executor");
    private static final Logger LOG = Logger.getLogger(ExecutorHost.class.getName());

    @Resource(lookup = "java:app/concurrent/dispatch")
    ManagedExecutorService executor;

    @Resource(lookup = "java:app/concurrent/alarms")
    ManagedScheduledExecutorService alarms;

    @Inject
    NodeHost node;

    @Inject
    Queues queues;

    @Inject
    EngineConfigs configs;

    @Inject
    Log log;

    @Inject
    Commands commands;

    @Inject
    Clock clock;

    @Inject
    Workshop workshop;

    @Inject
    ExecutionWiring wiring;

    @Inject
    TelemetryStore telemetry;

    @Inject
    FleetControl fleet;

    /** What runs here; an execution that was tried again quickly is here twice, the second waiting for the first. */
    private final List<Claim> held = new CopyOnWriteArrayList<>();

    private final ReentrantLock claiming = new ReentrantLock();
    private Leftovers leftovers;
    private Runner runner;
    private Turning claims;
    private Turning renewal;
    private int limit;
    private boolean leaves;
    private volatile boolean open;

    @PostConstruct
    void start() {
        limit = Configuration.number(Settings.EXECUTIONS_MAX, 1, RUNNING_MAX);
        runner = new Runner(wiring.house(alarms), Configuration.text(Settings.NODE));
        leaves = Configuration.leaves();
        leftovers = new Leftovers(workshop.sandbox(), log, commands, queues, runner);
        leftovers.sweep(ACTOR);
        queues.executions().releaseAll();
        claims = new Turning("claims of executions", now -> claim());
        renewal = new Turning("execution leases", now -> renewLeases());
        open = Configuration.role().works();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void ring() {
        claims.turn(clock.instant());
    }

    /** Takes on what waits, as far as there is room. */
    public void claim() {
        claiming.lock();
        try {
            int room = RUNNING_MAX - held.size();
            if (open && node.isNamed() && room > 0) {
                if (held.isEmpty()) {
                    runner.holdsUntil(sure());
                }
                Lanes lanes = new Lanes(limit(), room, Map.of());
                queues.executions().claim(lanes, fleet.current().heldTags()).forEach(this::take);
            }
        } catch (IllegalStateException unreachable) {
            LOG.log(Level.FINE, "Nothing claimed", unreachable);
        } finally {
            claiming.unlock();
        }
    }

    private void take(Claim claim) {
        held.add(claim);
        try {
            executor.execute(() -> run(claim));
        } catch (RejectedExecutionException goingDown) {
            held.remove(claim);
        }
    }

    private void run(Claim claim) {
        try {
            runner.run(claim.id());
            if (open || !leaves) {
                queues.executions().letGo(claim);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "Execution " + claim.id() + " stopped on this node", broken);
        } finally {
            held.remove(claim);
        }
        claim();
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    public void renew() {
        if (open) {
            renewal.turn(clock.instant());
        }
    }

    private void renewLeases() {
        Instant sure = sure();
        runner.letGo(queues.executions().renew(held));
        runner.holdsUntil(sure);
        queues.executions().sweep();
    }

    /** Takes away what was left behind, and finishes what was begun, also by a server that did not come back. */
    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    public void sweep() {
        if (open) {
            leftovers.sweep(ACTOR);
        }
    }

    /** Until then nobody takes what is claimed or renewed from now on. */
    private Instant sure() {
        return clock.instant().plusSeconds(WorkQueue.LEASE_SECONDS).minus(UNSURE);
    }

    public int running() {
        return held.size();
    }

    /** How many may run at once over all nodes: what the configuration says, else the setting. */
    public int limit() {
        Integer configured = configs.current().limits().maxConcurrentExecutions();
        return configured == null ? limit : configured;
    }

    @PreDestroy
    void stop() {
        open = false;
        runner.stop(leaves ? Duration.ZERO : STOP_MAX);
        telemetry.flush();
    }
}
