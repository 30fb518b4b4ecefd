package io.fourfold.bench;

import io.fourfold.artifact.ContentStore;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.orchestration.agent.Agent;
import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.Brief;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.House;
import io.fourfold.orchestration.execution.Runner;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.orchestration.execution.Status;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import io.fourfold.orchestration.workspace.ProcessSandbox;
import io.fourfold.orchestration.workspace.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A runner with all it needs on a real log; its workflow has two phases whose agents end at once. */
final class TwoPhases implements AutoCloseable {

    private static final Did USER = new Did("did:fourfold:user:bench");
    private static final Did EXECUTOR = new Did("did:fourfold:system:executor");
    private static final int ALARMS = 4;
    private static final Starter.Request REQUEST =
            new Starter.Request("bench", Map.of(), "nothing", List.of(), null, null, Entry.DEFAULT_NAMESPACE);
    private static final String WORKFLOW = """
            id: bench
            name: Two phases
            phases:
              - id: first
                run: "true"
              - id: second
                run: "true"
            """;

    private final Path folder;
    private final ScheduledExecutorService alarms;
    private final Commands commands;
    private final Ids ids;
    private final Starter starter;
    private final Runner runner;

    private TwoPhases(Path folder, ScheduledExecutorService alarms, Commands commands, Ids ids, Runner runner) {
        this.folder = folder;
        this.alarms = alarms;
        this.commands = commands;
        this.ids = ids;
        this.starter = new Starter(commands);
        this.runner = runner;
    }

    static TwoPhases on(TestJpa database) throws IOException {
        Path folder = Files.createTempDirectory("fourfold-phases-");
        Node node = Node.on(database, Durability.DURABLE);
        Clock clock = Clock.systemUTC();
        Commands commands = new Commands(node.log(), node.inlet()::accept, clock);
        Ids ids = new Ids(new SecureRandom(), clock);
        ContentStore content = new ContentStore(folder.resolve("content"));
        ScheduledExecutorService alarms = Executors.newScheduledThreadPool(ALARMS);
        House house = new House(
                commands,
                EXECUTOR,
                ids,
                clock,
                ProcessSandbox.at(folder.resolve("places"), List.of()),
                new Agents(List.of(new Idle())),
                () -> Prices.DEFAULT,
                content,
                observation -> {},
                () -> {},
                execution -> 0,
                folder.resolve("scratch"),
                (thread, action) -> node.doorbell().listen(thread, action)::close,
                alarms,
                (execution, plan, phase) -> {},
                House.BACK_OFF,
                0);
        new Registrar(commands, content, new WorkflowYaml(phase -> Optional.empty()))
                .register(new Registrar.Package("workflow.yaml", WORKFLOW, Map.of()), true, USER);
        return new TwoPhases(folder, alarms, commands, ids, new Runner(house, "bench"));
    }

    /** Returns the id when it is durable that the execution will run. */
    String start() {
        String id = ids.execution();
        if (starter.start(id, REQUEST, USER) instanceof Outcome.Refused<ExecutionState> refused) {
            throw new IllegalStateException(refused.refusal().message());
        }
        return id;
    }

    /** Returns when the execution is completed. */
    void run() throws InterruptedException {
        String id = start();
        runner.run(id);
        Status status =
                commands.state(Execution.AGGREGATE, Execution.threadOf(id)).status();
        if (status != Status.COMPLETED) {
            throw new IllegalStateException("Expected " + id + " to be completed, but it is " + status);
        }
    }

    /** Does nothing, at once. */
    private static final class Idle implements Agent, Sandbox.Running {
        @Override
        public String name() {
            return "command";
        }

        @Override
        public Optional<String> cannot(Phase phase) {
            return Optional.empty();
        }

        @Override
        public boolean usesNetwork() {
            return false;
        }

        @Override
        public boolean yields() {
            return true;
        }

        @Override
        public Sandbox.Running start(Sandbox sandbox, Sandbox.Place place, Brief brief, Sandbox.LineSink sink) {
            return this;
        }

        @Override
        public boolean isOver() {
            return true;
        }

        @Override
        public int await() {
            return 0;
        }

        @Override
        public void stop() {}

        @Override
        public void freeze() {}

        @Override
        public void thaw() {}
    }

    @Override
    public void close() throws IOException {
        alarms.shutdownNow();
        NorthStar.delete(folder);
    }
}
