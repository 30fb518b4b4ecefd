package io.fourfold.orchestration.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives the server which started it: a shell is the leader of its session and keeps its exit code,
 * its output goes into files beside the place.
 */
final class Supervised {

    static final int KILLED = 137;

    /** Only what the shell itself can do: the PATH is the agent's. The trap lets it see the end of what it runs. */
    private static final String SHELL = "trap : HUP INT TERM; f=$1; shift; \"$@\"; c=$?; echo $c > \"$f\"; exit $c";

    private static final int LOOK_MILLIS = 20;
    private static final String RECORD = "process";
    private static final String OUT = "out";
    private static final String ERR = "err";
    private static final String EXIT = "exit";

    private final PlaceFolders folders;
    private final String place;

    Supervised(PlaceFolders folders, String place) {
        this.folders = folders;
        this.place = place;
    }

    /** The leader; {@code ticks} tells it from a later process with the same number. */
    record Leader(long pid, long ticks) {}

    Path out() {
        return folders.home(place).resolve(OUT);
    }

    Path err() {
        return folders.home(place).resolve(ERR);
    }

    /** Starts it in a folder of this machine. */
    Process start(List<String> command, Path folder, Path stdin, Map<String, String> environment) throws IOException {
        for (String old : List.of(OUT, ERR, EXIT, RECORD)) {
            Files.deleteIfExists(folders.home(place).resolve(old));
        }
        List<String> line = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", SHELL, "sh"));
        line.add(folders.home(place).resolve(EXIT).toString());
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(stdin.toFile())
                .redirectOutput(out().toFile())
                .redirectError(err().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        long ticks = ProcessTable.find(process.pid())
                .map(ProcessTable.Entry::startTicks)
                .orElse(0L);
        try {
            folders.write(place, RECORD, process.pid() + " " + ticks);
        } catch (SandboxFailure broken) {
            process.destroyForcibly();
            throw broken;
        }
        return process;
    }

    /** What was started there last and runs, or has ended and said how; empty also when it was killed together. */
    Optional<Leader> known() {
        return recorded().filter(leader -> runs(leader) || code().isPresent());
    }

    /** What was started there last; empty when nothing was. */
    Optional<Leader> recorded() {
        return folders.read(place, RECORD)
                .filter(text -> text.matches("\\d+ \\d+"))
                .map(text -> text.split(" "))
                .map(parts -> new Leader(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }

    /** The code it ended with, once it has; {@value #KILLED} when it was killed before it could say. */
    CompletableFuture<Integer> exit(Leader leader) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        watch(leader, exit);
        return exit;
    }

    private void watch(Leader leader, CompletableFuture<Integer> exit) {
        try {
            if (runs(leader)) {
                CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> watch(leader, exit));
            } else {
                exit.complete(code().orElse(KILLED));
            }
        } catch (RuntimeException broken) {
            exit.completeExceptionally(broken);
        }
    }

    /** It is no child of this server, so that nobody tells of its end; whose child it is may not take notice of it. */
    private static boolean runs(Leader leader) {
        return ProcessTable.find(leader.pid())
                .filter(entry -> entry.startTicks() == leader.ticks() && entry.state() != 'Z')
                .isPresent();
    }

    private Optional<Integer> code() {
        return folders.read(place, EXIT)
                .map(String::strip)
                .filter(code -> code.matches("\\d{1,3}"))
                .map(Integer::parseInt);
    }
}
