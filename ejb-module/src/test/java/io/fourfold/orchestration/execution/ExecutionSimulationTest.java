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
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.CommandAgent;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.telemetry.Observation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four nodes with one queue run executions while people ask for everything in any order, and nodes are killed and come
 * back: 100,000 commands, from one seed. What must never be never is, and everything ends.
 */
@Tag("machine")
@Timeout(300)
class ExecutionSimulationTest {

    private static final int COMMANDS = 100_000;
    private static final int CRASH_EVERY = 1_000;
    private static final int NODES = 4;
    private static final int RUNNING_MAX = 8;
    private static final int PEOPLE = 4;
    private static final int LIVE_EXECUTIONS = 60;
    private static final long SEED = Long.getLong("fourfold.seed", 20L);
    private static final Did ENGINE = new Did("did:fourfold:system:executor");

    private static final List<Phase> PHASES = Samples.workflow("""
            id: w
            phases:
              - {id: one, run: say 3}
              - {id: two, run: say 5, execution_type: human_in_loop}
              - {id: three, run: say 2}
            """).phases();

    @TempDir
    Path folder;

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final Doorbell doorbell = new Doorbell();
    private final ScheduledExecutorService alarms = Executors.newScheduledThreadPool(4);
    private final Map<String, Integer> held = new ConcurrentHashMap<>();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger crashes = new AtomicInteger();
    private volatile boolean closing;
    private FakeMachine machine;
    private Commands people;

    /** A server: killed, it writes nothing more, and its agents go on. */
    private final class Node {
        private final int number;
        private final ReentrantReadWriteLock killing = new ReentrantReadWriteLock();
        private volatile boolean dead;
        private final Runner runner;

        Node(int number) {
            this.number = number;
            Commands commands = new Commands(log, this::append, Clock.systemUTC());
            ContentStore content = new ContentStore(folder.resolve("content"));
            House house = new House(
                    commands,
                    ENGINE,
                    new Ids(new Random(SEED + 10_000L * number), Clock.systemUTC()),
                    Clock.systemUTC(),
                    (Sandbox) Proxy.newProxyInstance(
                            Sandbox.class.getClassLoader(),
                            new Class<?>[] {Sandbox.class},
                            (proxy, method, arguments) -> alive(() -> method.invoke(machine, arguments))),
                    new Agents(List.of(new CommandAgent())),
                    () -> Prices.DEFAULT,
                    content,
                    (Observation observation) -> {},
                    () -> {},
                    id -> 0,
                    folder.resolve("scratch"),
                    (thread, action) -> doorbell.listen(thread, action)::close,
                    alarms,
                    (execution, plan, phase) -> {},
                    List.of(),
                    1);
            runner = new Runner(house, "node-" + number);
        }

        private Receipt append(Append append) {
            try {
                return alive(() -> ring(append));
            } catch (RuntimeException known) {
                throw known;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** What a server does to the world it does before it is killed, or not at all. */
        private <T> T alive(Callable<T> what) throws Exception {
            killing.readLock().lock();
            try {
                if (dead) {
                    throw new IllegalStateException("this server was killed");
                }
                return what.call();
            } finally {
                killing.readLock().unlock();
            }
        }

        void run(String id) {
            Thread.ofVirtual().start(() -> {
                try {
                    runner.run(id);
                } catch (RuntimeException killed) {
                    assertThat(dead || closing).as("%s: %s", id, killed).isTrue();
                } catch (InterruptedException killed) {
                    Thread.currentThread().interrupt();
                } finally {
                    held.remove(id, number);
                }
            });
        }

        void kill() {
            killing.writeLock().lock();
            dead = true;
            killing.writeLock().unlock();
            runner.leave();
        }
    }

    private Receipt ring(Append append) {
        Receipt receipt = log.append(List.of(append)).getFirst();
        doorbell.ring(append.drafts().stream().map(Draft::thread).toList());
        return receipt;
    }

    @Test
    void whateverPeopleAskAndWhicheverServerDiesNothingForbiddenHappensAndAllEnds() throws Exception {
        machine = new FakeMachine(folder.resolve("places"), RUNNING_MAX);
        people = new Commands(log, this::ring, Clock.systemUTC());
        Node[] nodes = new Node[NODES];
        for (int i = 0; i < NODES; i++) {
            nodes[i] = new Node(i);
        }
        Thread claiming = Thread.ofVirtual().start(() -> claim(nodes));
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            Random random = new Random(SEED + 1_000 + i);
            crowd.add(Thread.ofVirtual().start(() -> ask(random)));
        }
        for (Thread person : crowd) {
            person.join();
        }
        settle();
        closing = true;
        claiming.join();
        alarms.shutdownNow();
        System.out.printf(
                "%,d commands, %,d accepted, %,d executions, %,d agents, at most %d at once, %d servers killed (seed %d)%n",
                asked.get(), accepted.get(), all.size(), machine.begun.get(), machine.most.get(), crashes.get(), SEED);
        assertThat(machine.wrong).as(this::story).isEmpty();
        assertThat(crashes.get()).isPositive();
        assertThat(machine.live()).isZero();
        for (String id : all) {
            Lawful.check(id, log, SEED);
        }
    }

    /** What happened to the first execution that something was wrong with. */
    private String story() {
        return machine.wrong.stream()
                .map(words -> words.split(" ")[0])
                .filter(all::contains)
                .findFirst()
                .map(id -> log.thread(Execution.threadOf(id), 0, Log.READ_MAX).stream()
                        .map(entry -> entry.recordedAt() + " " + entry.kind() + " "
                                + entry.draft().actor() + " "
                                + (entry.kind().endsWith("queued.v1")
                                        ? ""
                                        : entry.body().canonical()))
                        .collect(Collectors.joining("\n", "\n", "\n")))
                .orElse("");
    }

    /** The queue: first come first served, never more than may run, and what a dead node held goes to another one. */
    private void claim(Node[] nodes) {
        Random random = new Random(SEED);
        while (!closing) {
            pause(1);
            if (asked.get() < COMMANDS && asked.get() / CRASH_EVERY > crashes.get()) {
                int victim = random.nextInt(NODES);
                int dead = nodes[victim].number;
                nodes[victim].kill();
                crashes.incrementAndGet();
                machine.sweep(this::isLive);
                nodes[victim] = new Node(NODES + crashes.get());
                List<String> orphans = held.entrySet().stream()
                        .filter(entry -> entry.getValue() == dead)
                        .map(Map.Entry::getKey)
                        .toList();
                orphans.forEach(held::remove);
            }
            for (String id : List.copyOf(all)) {
                if (held.size() >= RUNNING_MAX) {
                    break;
                }
                Status status = state(id).status();
                if (!status.isOver() && !held.containsKey(id)) {
                    Node node = nodes[random.nextInt(NODES)];
                    held.put(id, node.number);
                    node.run(id);
                }
            }
        }
    }

    /** As a server that starts finds out what it must not take away. */
    private boolean isLive(String workspaceId) {
        return Workspace.executionOf(log, workspaceId)
                .map(id -> state(id).mayUse(workspaceId))
                .orElse(false);
    }

    private ExecutionState state(String id) {
        return people.state(Execution.AGGREGATE, Execution.threadOf(id));
    }

    private void ask(Random random) {
        while (asked.incrementAndGet() <= COMMANDS) {
            List<String> open = List.copyOf(all);
            open = open.subList(Math.max(0, open.size() - LIVE_EXECUTIONS), open.size());
            if (open.isEmpty() || random.nextInt(100) == 0) {
                String id = "exec-%012x".formatted(random.nextLong() & 0xFFFF_FFFF_FFFFL);
                tell(new ExecutionCommand.Queue(id, Samples.plan(List.of(), PHASES)));
                all.add(id);
                continue;
            }
            tell(any(random, open.get(random.nextInt(open.size()))));
            if (random.nextInt(4) == 0) {
                pause(1);
            }
        }
    }

    private static ExecutionCommand any(Random random, String id) {
        return switch (random.nextInt(40)) {
            case 0 -> new ExecutionCommand.Cancel(id, "no more", false);
            case 1 -> new ExecutionCommand.Interrupt(id, "a drill");
            case 2 -> new ExecutionCommand.Cancel(id, "no more", random.nextInt(4) == 0);
            case 3 -> new ExecutionCommand.Inject(id, "mind the gap");
            case 4, 5, 6, 7 -> new ExecutionCommand.RequestPause(id, "lunch");
            case 8, 9, 10 -> new ExecutionCommand.Retry(id);
            default -> new ExecutionCommand.Resume(id);
        };
    }

    private void tell(ExecutionCommand command) {
        if (people.handle(Execution.AGGREGATE, command, Workbench.ALICE) instanceof Outcome.Done) {
            accepted.incrementAndGet();
        }
    }

    /** Lets everything that waits for people go on until it is over. */
    private void settle() {
        List<String> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            left.removeIf(id -> state(id).status().isOver() && !held.containsKey(id));
            left.stream()
                    .filter(id -> state(id).status() == Status.PAUSED)
                    .forEach(id -> tell(new ExecutionCommand.Resume(id)));
            pause(5);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
