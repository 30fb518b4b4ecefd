package io.fourfold.container;

import io.fourfold.artifact.ContentStore;
import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.PhaseApprovals;
import io.fourfold.engine.Doorbell;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.Freeze;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.log.Did;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.House;
import io.fourfold.orchestration.execution.Runner;
import io.fourfold.orchestration.workspace.Workspace;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs executions: claims what waits, never more than the limit at once, on an executor of its own. */
@ManagedExecutorDefinition(
        name = "java:app/concurrent/dispatch",
        maxAsync = ExecutorHost.RUNNING_MAX,
        hungTaskThreshold = 0)
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/alarms", maxAsync = 4)
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ExecutorHost {

    /** Executions at once, whatever the setting says. */
    static final int RUNNING_MAX = 1_000;

    /** How often an execution is tried again by itself, whatever the setting says. */
    private static final int LOST_RETRIES_MAX = 10;

    /** How long what is interrupted at a stop has to keep what it left. */
    private static final Duration STOP_MAX = Duration.ofSeconds(12);

    static final Did ACTOR = new Did("did:fourfold:system:executor");
    private static final Logger LOG = Logger.getLogger(ExecutorHost.class.getName());

    @Resource(lookup = "java:app/concurrent/dispatch")
    ManagedExecutorService executor;

    @Resource(lookup = "java:app/concurrent/alarms")
    ManagedScheduledExecutorService alarms;

    @Inject
    Queues queues;

    @Inject
    EngineConfigs configs;

    @Inject
    Log log;

    @Inject
    Commands commands;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @Inject
    Workshop workshop;

    @Inject
    ContentStore content;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Doorbell doorbell;

    @Inject
    FleetControl fleet;

    @Inject
    PhaseApprovals approvals;

    /** What runs here; an execution that was tried again quickly is here twice, the second waiting for the first. */
    private final List<String> held = new CopyOnWriteArrayList<>();

    private final ReentrantLock claiming = new ReentrantLock();
    private Runner runner;
    private int limit;
    private boolean leaves;
    private volatile boolean open;

    @PostConstruct
    void start() {
        limit = Configuration.number(Settings.EXECUTIONS_MAX, 1, RUNNING_MAX);
        House house = new House(
                commands,
                ACTOR,
                ids,
                clock,
                workshop.sandbox(),
                workshop.agents(),
                () -> configs.current().prices(),
                content,
                telemetry::put,
                telemetry::flush,
                telemetry::lastSeq,
                Wiring.shared().resolve("scratch"),
                (thread, action) -> doorbell.listen(thread, action)::close,
                alarms,
                approvals,
                House.BACK_OFF,
                Configuration.number(Settings.LOST_RETRIES, 0, LOST_RETRIES_MAX));
        runner = new Runner(house, Configuration.text(Settings.NODE));
        leaves = Configuration.oneOf(Settings.ON_STOP, List.of("interrupt", "leave"))
                .equals("leave");
        workshop.sandbox().sweep(this::isLive);
        queues.executions().releaseAll();
        open = true;
    }

    /** Whether an agent may still be at work there, whichever server started it. */
    private boolean isLive(String workspaceId) {
        return Workspace.executionOf(log, workspaceId)
                .map(id -> commands.state(Execution.AGGREGATE, Execution.threadOf(id)))
                .map(state -> state.mayUse(workspaceId))
                .orElse(false);
    }

    /** Takes on what waits, as far as there is room. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void claim() {
        claiming.lock();
        try {
            int room = limit - held.size();
            List<String> frozen = fleet.current().frozen();
            if (open && room > 0 && !frozen.contains(Freeze.EVERYWHERE)) {
                queues.executions().claim(room, frozen).forEach(claim -> take(claim.id()));
            }
        } catch (IllegalStateException unreachable) {
            LOG.log(Level.FINE, "Nothing claimed", unreachable);
        } finally {
            claiming.unlock();
        }
    }

    private void take(String executionId) {
        held.add(executionId);
        try {
            executor.execute(() -> run(executionId));
        } catch (RejectedExecutionException goingDown) {
            held.remove(executionId);
            LOG.log(Level.FINE, "Not taken: " + executionId, goingDown);
        }
    }

    private void run(String executionId) {
        try {
            runner.run(executionId);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "Execution " + executionId + " stopped on this node", broken);
        } finally {
            held.remove(executionId);
        }
        claim();
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    public void renew() {
        if (open && !held.isEmpty()) {
            runner.letGo(queues.executions().renew(held));
        }
    }

    public int running() {
        return held.size();
    }

    public int limit() {
        return limit;
    }

    @PreDestroy
    void stop() {
        open = false;
        try {
            if (leaves) {
                runner.leave();
            } else {
                runner.shutDown(STOP_MAX);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        telemetry.flush();
    }
}
