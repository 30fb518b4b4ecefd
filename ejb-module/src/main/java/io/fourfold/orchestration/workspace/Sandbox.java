package io.fourfold.orchestration.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where agents work: a sealed place with files of its own, in which one process at a time runs. Every implementation
 * passes {@code SandboxContract}.
 */
public interface Sandbox {

    /** {@code docker} or {@code process}: the value of {@code fourfold.workspace.backend}. */
    String name();

    /** What a person should know before trusting it, for example that it does not isolate; empty when nothing. */
    Optional<String> warning();

    /**
     * Makes an empty workspace with {@code artifacts/input}, {@code artifacts/output} and {@code repos} in it.
     *
     * @throws SandboxFailure when it cannot be made; nothing is left behind
     */
    Place create(String workspaceId, Limits limits);

    /**
     * Starts the one process of the place. Its standard output and standard error go to the sink line by line, in
     * order per stream, until the process has ended; the sink may block, which slows the process down.
     *
     * @throws SandboxFailure when it cannot be started
     */
    Running start(Place place, Program program, LineSink sink);

    /** A place as the server before this one left it; empty when it is not there. */
    Optional<Place> find(String workspaceId, Limits limits);

    /**
     * Goes on with the process of a place that another server started and that may have ended meanwhile: all its lines
     * come, from the first one on. A process that is held stays held.
     *
     * @return empty when none was ever started there, or nobody can say any more how it ended
     */
    Optional<Running> attach(Place place, LineSink sink);

    /** Removes the place and whatever still runs in it, within 2 seconds. Harmless when it is gone already. */
    void destroy(Place place);

    /**
     * Removes every place that is not {@code live}, with its processes: what a crash left behind.
     *
     * @return the ids of the removed workspaces
     */
    List<String> sweep(Predicate<String> live);

    /**
     * A workspace that exists.
     *
     * @param id   the workspace id
     * @param root its files as the server sees them
     * @param path the same folder as the agent sees it, {@code /workspace} where it is sealed
     */
    record Place(String id, Path root, String path, Limits limits) {
        public Path output() {
            return root.resolve("artifacts/output");
        }

        public Path input() {
            return root.resolve("artifacts/input");
        }
    }

    /**
     * What a place may use.
     *
     * @param memoryBytes most memory
     * @param cpus        most processors
     * @param pids        most processes
     * @param network     whether the process reaches the network
     */
    record Limits(long memoryBytes, double cpus, int pids, boolean network) {
        public static final Limits DEFAULT = new Limits(4L << 30, 2, 256, true);

        public Limits network(boolean reached) {
            return new Limits(memoryBytes, cpus, pids, reached);
        }
    }

    /**
     * What to run: an argument vector, the environment in whole (nothing is inherited but PATH and locale), the folder
     * relative to the workspace, and what stands on standard input.
     */
    record Program(List<String> argv, Map<String, String> environment, String folder, String stdin) {
        public Program {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }
    }

    /** One line of output without its line end; lines longer than 1 MiB arrive in pieces. */
    interface LineSink {
        void line(Stream stream, String text);
    }

    enum Stream {
        OUT,
        ERR
    }

    /** The process of a place. All methods may be called from any thread, and again. */
    interface Running {

        /** Waits for the end; the exit code, 128 + signal when killed. */
        int await() throws InterruptedException;

        /** Whether it has ended, though not all it said may have been handed on. */
        boolean isOver();

        /** Ends it: a polite signal, then after 2 seconds a hard one. */
        void stop();

        /** Holds every process of the place where it is; held, it uses no CPU. */
        void freeze();

        void thaw();
    }
}
