package io.fourfold.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.engine.Inlet;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.orchestration.execution.Status;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.WorkflowRow;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The hosts as the container runs them: timers, pumps, the dispatch executor, transactions. */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {

    private static final Did ACTOR = new Did("did:fourfold:user:container");
    private static final int RUNS = 6;
    private static final int WAIT_SECONDS = 60;
    private static final long STEP_NANOS = 20_000_000;

    @Inject
    TickHost tick;

    @Inject
    ReconcileHost reconcile;

    @Inject
    ExecutorHost executor;

    @Inject
    ContainerRows rows;

    @Inject
    Registrar registrar;

    @Inject
    Starter starter;

    @Inject
    Commands commands;

    @Inject
    Inlet inlet;

    @Inject
    Log log;

    @Inject
    TelemetryStore telemetry;

    @Deployment
    static WebArchive war() throws Exception {
        return ContainerWar.war();
    }

    @Test
    void theTimerTurnsTickAgainAndAgain() {
        await(() -> tick.lastTurn() != null);
        Instant first = tick.lastTurn();
        await(() -> tick.lastTurn().isAfter(first));
        assertThat(tick.failure()).isNull();
    }

    @Test
    void thePumpsFoldAndReconcileWhatIsAppended() {
        register("pumped", "echo pumped");
        await(() -> rows.find(WorkflowRow.class, "pumped") != null);
        Entry intent = append("th_pumped", Act.INTEND, "{\"goal\":\"go\",\"to\":\"did:fourfold:workflow:pumped\"}");
        await(() -> log.thread(intent.thread(), 1, Log.READ_MAX).stream()
                .anyMatch(entry -> entry.body().text("fulfills").isPresent()));
        assertThat(log.thread(intent.thread(), 1, Log.READ_MAX))
                .extracting(Entry::kind)
                .containsExactly("dispatch.started.v1", "dispatch.completed.v1");
        await(() -> reconcile.loop().lag() == 0);
        assertThat(reconcile.failure()).isNull();
    }

    @Test
    void noMoreExecutionsRunAtOnceThanTheLimit() {
        register("bounded", "date +%s%N; sleep 1; date +%s%N");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            String id = "exec-bounded-" + i;
            assertThat(starter.start(id, request("bounded"), ACTOR)).isInstanceOf(Outcome.Done.class);
            ids.add(id);
        }
        List<Integer> samples = new ArrayList<>();
        await(() -> {
            samples.add(executor.running());
            return ids.stream().allMatch(id -> state(id).status().isOver());
        });
        assertThat(executor.limit()).isEqualTo(ContainerWar.EXECUTIONS_MAX);
        assertThat(samples).allMatch(running -> running <= ContainerWar.EXECUTIONS_MAX);
        assertThat(ids).allSatisfy(id -> assertThat(state(id).status()).isEqualTo(Status.COMPLETED));
        assertThat(atOnce(ids)).isEqualTo(ContainerWar.EXECUTIONS_MAX);
        await(() -> ids.stream().allMatch(id -> isCompleted(rows.find(ExecutionRow.class, id))));
    }

    @Test
    void theLogIsReadableAsRowsAndNotToBeChanged() {
        Entry entry = append("th_kept", Act.KNOW, "{\"fact\":\"kept\"}");
        assertThat(rows.longs("select e.version from EntryRow e where e.position = " + entry.position()))
                .containsExactly(0L);
        for (String sql : List.of("update log_entry set actor = 'x'", "delete from log_entry")) {
            assertThatThrownBy(() -> rows.change(sql + " where position = " + entry.position()))
                    .isInstanceOf(EJBException.class)
                    .hasStackTraceContaining("Expected only new rows in log_entry");
        }
        assertThat(log.find(entry.id())).hasValue(entry);
    }

    private void register(String id, String line) {
        String yaml = "id: " + id + "\nphases:\n  - id: only\n    run: " + line + "\n";
        Outcome<Workflow.State> outcome =
                registrar.register(new Registrar.Package("workflow.yaml", yaml, Map.of()), false, ACTOR);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private static Starter.Request request(String workflow) {
        return new Starter.Request(workflow, Map.of(), null, List.of(), null, null, "default");
    }

    private Entry append(String thread, Act act, String body) {
        Receipt receipt = inlet.accept(Append.of(Draft.of(new ThreadId(thread), ACTOR, act, Json.parse(body))));
        assertThat(receipt).isInstanceOf(Receipt.Stored.class);
        return ((Receipt.Stored) receipt).items().get(0).entry();
    }

    private ExecutionState state(String id) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(id));
    }

    private static boolean isCompleted(ExecutionRow row) {
        return row != null && row.status.equals("completed");
    }

    /** How many of the commands ran at once at most, by the times they themselves wrote. */
    private int atOnce(List<String> ids) {
        Map<Long, Integer> changes = new TreeMap<>();
        for (String id : ids) {
            List<Long> times = telemetry.ofExecution(id, List.of(ObservationType.STREAM_CHUNK), 10).stream()
                    .flatMap(seen -> seen.data().text("text").orElseThrow().lines())
                    .map(Long::valueOf)
                    .toList();
            assertThat(times).hasSize(2);
            changes.merge(times.get(0), 1, Integer::sum);
            changes.merge(times.get(1), -1, Integer::sum);
        }
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + WAIT_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited %d s in vain", WAIT_SECONDS)
                    .isLessThan(end);
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
