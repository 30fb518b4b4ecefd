package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.artifact.ContentStore;
import io.fourfold.engine.Doorbell;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.CommandAgent;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.agent.ReplayAgent;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import io.fourfold.orchestration.workspace.ProcessSandbox;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/** A runner with all it needs, in one folder: a log in memory, real processes, a real content store. */
final class Workbench implements AutoCloseable {

    static final Did ALICE = new Did("did:fourfold:user:alice");
    static final String ID = "exec-0123456789ab";

    private static final Did ENGINE = new Did("did:fourfold:system:executor");
    private static final int WAIT_SECONDS = 20;

    final Log log = new MemoryLog(Clock.systemUTC());
    final List<Observation> telemetry = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Commands commands;
    final ContentStore content;
    final House house;

    /** The answer to the last of so many appends from now on is lost. */
    final AtomicInteger appends = new AtomicInteger();

    private final ScheduledExecutorService alarms = Executors.newScheduledThreadPool(2);
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();
    private final Path folder;

    Workbench(Path folder) {
        this.folder = folder;
        Doorbell doorbell = new Doorbell();
        Function<Append, Receipt> inlet = append -> {
            Receipt receipt = log.append(List.of(append)).getFirst();
            doorbell.ring(append.drafts().stream().map(Draft::thread).toList());
            if (appends.decrementAndGet() == 0) {
                throw new LogUnavailable("The answer is lost", false, null);
            }
            return receipt;
        };
        commands = new Commands(log, inlet, Clock.systemUTC());
        content = new ContentStore(folder.resolve("content"));
        Sandbox sandbox = ProcessSandbox.at(folder.resolve("places"), List.of());
        house = new House(
                commands,
                ENGINE,
                new Ids(new Random(1), Clock.systemUTC()),
                Clock.systemUTC(),
                sandbox,
                new Agents(List.of(new CommandAgent(), new ReplayAgent())),
                () -> Prices.DEFAULT,
                content,
                this::seen,
                () -> {},
                id -> telemetry.stream().mapToLong(Observation::seq).max().orElse(0),
                folder.resolve("scratch"),
                (thread, action) -> doorbell.listen(thread, action)::close,
                alarms,
                (execution, plan, phase) -> asked.add(phase),
                List.of(Duration.ofMillis(200), Duration.ofMillis(200)),
                0);
    }

    /** As the table does: what is there already does not come twice. */
    private void seen(Observation observation) {
        if (numbers.add(observation.seq())) {
            telemetry.add(observation);
        }
    }

    /** Takes in a workflow and queues an execution of it. */
    void queue(String yaml, Map<String, String> files, List<String> repos) {
        Map<String, byte[]> bytes = new HashMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        Registrar registrar = new Registrar(commands, content, new WorkflowYaml(phase -> Optional.empty()));
        Outcome<Workflow.State> registered =
                registrar.register(new Registrar.Package("workflow.yaml", yaml, bytes), true, ALICE);
        assertThat(registered).isInstanceOf(Outcome.Done.class);
        Starter.Request request = new Starter.Request("w", Map.of(), "the task", repos, null, null, "default");
        assertThat(new Starter(commands).start(ID, request, ALICE)).isInstanceOf(Outcome.Done.class);
    }

    void queue(String yaml) {
        queue(yaml, Map.of(), List.of());
    }

    /** Queues and runs to the end. */
    ExecutionState run(String yaml) throws InterruptedException {
        queue(yaml);
        return run();
    }

    ExecutionState run() throws InterruptedException {
        runner().run(ID);
        return state();
    }

    Runner runner() {
        return new Runner(house, "node");
    }

    /** Runs on a thread of its own. */
    CompletableFuture<Void> started(Runner runner) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        runner.run(ID);
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    boolean tell(ExecutionCommand command) {
        return commands.handle(Execution.AGGREGATE, command, ALICE) instanceof Outcome.Done;
    }

    ExecutionState state() {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(ID));
    }

    Stream<ExecutionEvent> events() {
        return log.thread(Execution.threadOf(ID), 0, Log.READ_MAX).stream()
                .flatMap(e -> ExecutionEvent.CODEC.read(e).stream());
    }

    List<Entry> entries() {
        return log.after(0, Log.READ_MAX);
    }

    ExecutionEvent.Failed failure() {
        return only(ExecutionEvent.Failed.class);
    }

    <T> T only(Class<T> type) {
        List<T> found = events().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** The output of a phase as text. */
    String output(String phase) {
        assertThat(state().isDone(phase))
                .as(() -> phase + " after " + events().toList())
                .isTrue();
        String sha256 = state().phase(phase).orElseThrow().outputSha256();
        return new String(content.read(sha256).orElseThrow(), StandardCharsets.UTF_8);
    }

    long seen(ObservationType type) {
        return telemetry.stream().filter(o -> o.type() == type).count();
    }

    /** The folders of workspaces that are left, and conversations. */
    List<String> leftovers() throws IOException {
        Path conversations = folder.resolve("scratch/conversations");
        try (Stream<Path> places = Files.list(folder.resolve("places"));
                Stream<Path> kept = Files.exists(conversations) ? Files.list(conversations) : Stream.empty()) {
            return Stream.concat(places, kept)
                    .map(p -> p.getFileName().toString())
                    .toList();
        }
    }

    static void until(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
