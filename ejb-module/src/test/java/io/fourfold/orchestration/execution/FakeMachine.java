package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workspace.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A machine whose agents are threads that say a few lines; they outlive the servers that start them. It notes what must
 * never be: two live agents of one execution, or more of them than there may be.
 */
final class FakeMachine implements Sandbox {

    /** What was wrong, in words. */
    final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger begun = new AtomicInteger();

    private final Path root;
    private final int liveMax;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Agent> agents = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> live = new ConcurrentHashMap<>();
    private final AtomicInteger allLive = new AtomicInteger();

    FakeMachine(Path root, int liveMax) {
        this.root = root;
        this.liveMax = liveMax;
    }

    int places() {
        return places.size();
    }

    int live() {
        return allLive.get();
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Optional<String> warning() {
        return Optional.empty();
    }

    @Override
    public Place create(String id, Limits limits) {
        Path files = root.resolve(id);
        try {
            Files.createDirectories(files.resolve("artifacts/output"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Place place = new Place(id, files, files.toString(), limits);
        places.put(id, place);
        return place;
    }

    @Override
    public Running start(Place place, Program program, LineSink sink) {
        String execution = program.environment().getOrDefault("FOURFOLD_EXECUTION_ID", "salvage");
        Agent agent = new Agent(execution, program.argv().getLast());
        agents.put(place.id(), agent);
        agent.begin();
        return agent.view(sink);
    }

    @Override
    public Optional<Place> find(String id, Limits limits) {
        return Optional.ofNullable(places.get(id));
    }

    @Override
    public Optional<Running> attach(Place place, LineSink sink) {
        return Optional.ofNullable(agents.get(place.id())).map(agent -> agent.view(sink));
    }

    @Override
    public void destroy(Place place) {
        Agent agent = agents.remove(place.id());
        if (agent != null) {
            agent.end();
        }
        places.remove(place.id());
    }

    @Override
    public List<String> sweep(Predicate<String> alive) {
        List<String> dead = places.keySet().stream().filter(alive.negate()).toList();
        dead.stream().map(places::get).filter(Objects::nonNull).forEach(this::destroy);
        return dead;
    }

    /** A thread that says as many lines as its command names; each shows a yield point. */
    private final class Agent {
        private final String execution;
        private final int turns;
        private final List<String> lines = new ArrayList<>();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean frozen;
        private boolean stopped;
        private volatile boolean over;

        Agent(String execution, String command) {
            this.execution = execution;
            this.turns = command.startsWith("say ") ? Integer.parseInt(command.substring(4)) : 0;
        }

        void begin() {
            if (turns > 0) {
                begun.incrementAndGet();
                int now = live.computeIfAbsent(execution, id -> new AtomicInteger())
                        .incrementAndGet();
                if (now > 1) {
                    wrong.add(execution + " has " + now + " live agents");
                }
                int all = allLive.incrementAndGet();
                most.accumulateAndGet(all, Math::max);
                if (all > liveMax) {
                    wrong.add(all + " agents live at once");
                }
            }
            Thread.ofVirtual().start(this::work);
        }

        private void work() {
            for (int turn = 1; turn <= turns && say(turn); turn++) {
                Thread.onSpinWait();
            }
            if (turns > 0) {
                live.get(execution).decrementAndGet();
                allLive.decrementAndGet();
            }
            lock.lock();
            try {
                over = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private boolean say(int turn) {
            lock.lock();
            try {
                changed.awaitNanos(500_000);
                while (frozen && !stopped) {
                    changed.await();
                }
                lines.add("{\"type\":\"assistant\",\"message\":{\"id\":\"m" + turn
                        + "\",\"model\":\"claude-haiku-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"t\"}],"
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}");
                changed.signalAll();
                return !stopped;
            } catch (InterruptedException impossible) {
                return false;
            } finally {
                lock.unlock();
            }
        }

        void stop() {
            change(() -> stopped = true);
        }

        /** Returns when it has ended. */
        void end() {
            stop();
            lock.lock();
            try {
                while (!over) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        private void change(Runnable how) {
            lock.lock();
            try {
                how.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** The line of that number; empty when there is none any more. */
        private Optional<String> line(int number) throws InterruptedException {
            lock.lock();
            try {
                while (lines.size() <= number && !over) {
                    changed.await();
                }
                return number < lines.size() ? Optional.of(lines.get(number)) : Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        Running view(LineSink sink) {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    int number = 0;
                    for (Optional<String> line = line(number); line.isPresent(); line = line(++number)) {
                        sink.line(Stream.OUT, line.get());
                    }
                    end.complete(stopped ? 143 : 0);
                } catch (RuntimeException | InterruptedException broken) {
                    end.completeExceptionally(broken);
                }
            });
            return new View(end);
        }

        private final class View implements Running {
            private final CompletableFuture<Integer> end;

            View(CompletableFuture<Integer> end) {
                this.end = end;
            }

            @Override
            public int await() throws InterruptedException {
                try {
                    return end.get();
                } catch (ExecutionException broken) {
                    throw new IllegalStateException(broken.getCause());
                }
            }

            @Override
            public boolean isOver() {
                return over;
            }

            @Override
            public void stop() {
                Agent.this.stop();
            }

            @Override
            public void freeze() {
                change(() -> frozen = true);
            }

            @Override
            public void thaw() {
                change(() -> frozen = false);
            }
        }
    }
}
