package io.fourfold.orchestration.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Runs agents as processes of this machine, shut in by bubblewrap where that works, each in a session of its own.
 * Memory, CPUs and the number of processes are not limited. For one person on one machine.
 */
public final class ProcessSandbox implements Sandbox {

    /** Marks every process of a place, so that what leaves its session is still found. */
    private static final String MARK = "FOURFOLD_WORKSPACE";

    private final PlaceFolders folders;
    private final Seal seal;
    private final List<Path> readable;
    private final Map<String, RunningProcess> running = new ConcurrentHashMap<>();

    private ProcessSandbox(Path root, Seal seal, List<Path> readable) {
        this.folders = new PlaceFolders(root);
        this.seal = seal;
        this.readable = List.copyOf(readable);
    }

    /**
     * With its places under {@code root}; {@code readable} are folders beyond the system's own that agents may read,
     * such as the one of an agent's program.
     */
    public static ProcessSandbox at(Path root, List<Path> readable) {
        return new ProcessSandbox(root, Seal.probe(), readable);
    }

    static ProcessSandbox sealedBy(Seal seal, Path root) {
        return new ProcessSandbox(root, seal, List.of());
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Optional<String> warning() {
        return seal.warning();
    }

    @Override
    public Place create(String workspaceId, Limits limits) {
        return folders.create(workspaceId, seal.path(folders.files(workspaceId)), limits);
    }

    @Override
    public Running start(Place place, Program program, LineSink sink) {
        if (running.containsKey(place.id()) && !running.get(place.id()).ended()) {
            throw new SandboxFailure("Expected no process in workspace " + place.id() + ", but one runs", null);
        }
        Path folder = place.root().resolve(program.folder()).normalize();
        if (!folder.startsWith(place.root())) {
            throw new SandboxFailure("Expected a folder of the workspace, but was " + program.folder(), null);
        }
        Path stdin = folders.stdin(place, program.stdin(), folders.ownUser());
        List<String> command = seal.command(place, program.folder(), program.argv(), readable);
        Supervised supervised = new Supervised(folders, place.id());
        try {
            Process process = supervised.start(
                    command, seal == Seal.NONE ? folder : folders.home(place.id()), stdin, environment(place, program));
            return running(
                    place,
                    new ProcessFamily(process.pid(), mark(place.id())),
                    process.onExit().thenApply(Process::exitValue),
                    sink);
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot run " + program.argv().getFirst(), broken);
        }
    }

    private Running running(Place place, ProcessFamily family, CompletableFuture<Integer> exit, LineSink sink) {
        RunningProcess process =
                new RunningProcess(exit, family, seal == Seal.BUBBLEWRAP, new Supervised(folders, place.id()), sink);
        running.put(place.id(), process);
        return process;
    }

    @Override
    public Optional<Place> find(String workspaceId, Limits limits) {
        return folders.find(workspaceId, seal.path(folders.files(workspaceId)), limits);
    }

    @Override
    public Optional<Running> attach(Place place, LineSink sink) {
        Supervised supervised = new Supervised(folders, place.id());
        return supervised
                .known()
                .map(leader -> running(
                        place,
                        ProcessFamily.recorded(leader.pid(), leader.ticks(), mark(place.id())),
                        supervised.exit(leader),
                        sink));
    }

    private Map<String, String> environment(Place place, Program program) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        environment.put("LANG", System.getenv().getOrDefault("LANG", "C.UTF-8"));
        environment.put("HOME", place.path());
        environment.putAll(program.environment());
        environment.put(MARK, folders.home(place.id()).toString());
        return environment;
    }

    private String mark(String id) {
        return MARK + "=" + folders.home(id);
    }

    @Override
    public void destroy(Place place) {
        remove(place.id());
    }

    @Override
    public List<String> sweep(Predicate<String> live) {
        List<String> removed = new ArrayList<>();
        for (String id : folders.ids()) {
            if (!live.test(id)) {
                remove(id);
                removed.add(id);
            }
        }
        return removed;
    }

    private void remove(String id) {
        RunningProcess known = running.remove(id);
        if (known == null && !folders.wasUsed(id)) {
            folders.removeOwn(id);
            return;
        }
        if (known != null) {
            known.kill();
        } else {
            killRecorded(id);
        }
        folders.remove(id);
    }

    private void killRecorded(String id) {
        Supervised.Leader leader =
                new Supervised(folders, id).recorded().orElse(new Supervised.Leader(ProcessFamily.NO_LEADER, 0));
        ProcessFamily.recorded(leader.pid(), leader.ticks(), mark(id)).kill();
    }
}
