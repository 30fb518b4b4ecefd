package io.fourfold.cli.server;

import io.fourfold.cli.ServerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A server process as its {@code server.json} names it, checked to be one of ours: pids are used again. */
record RunningServer(Path data, ServerFile file) {

    private static final String LAUNCHER = "fourfold-server.jar";
    private static final int POLL_MILLIS = 100;

    static Optional<RunningServer> on(Path data) {
        return ServerFile.read(data)
                .filter(file -> commandLine(file.pid()).contains(LAUNCHER))
                .map(file -> new RunningServer(data, file));
    }

    /** A database that outlived its server, which only a killed server leaves behind. */
    static Optional<ProcessHandle> orphanedDatabase(Path data) {
        return ServerFile.read(data)
                .map(ServerFile::databasePid)
                .filter(pid -> commandLine(pid).contains("postgres"))
                .flatMap(ProcessHandle::of);
    }

    boolean ready() {
        return "ready".equals(file.state());
    }

    String whereabouts() {
        return "Fourfold is already running at " + file.url() + ", pid " + file.pid() + ".";
    }

    /** Asks it to stop and waits; true when it did within the limit. */
    boolean stop(Duration limit) {
        ProcessHandle.of(file.pid()).ifPresent(ProcessHandle::destroy);
        return await(() -> !isAlive(file.pid()), limit);
    }

    static boolean await(BooleanSupplier condition, Duration limit) {
        for (long waited = 0; !condition.getAsBoolean(); waited += POLL_MILLIS) {
            if (waited >= limit.toMillis()) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** A process that ended and that nobody has waited for has no command line any more. */
    static boolean isAlive(long pid) {
        return !commandLine(pid).isEmpty();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
