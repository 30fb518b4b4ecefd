package io.fourfold.cli.server;

import io.fourfold.cli.ServerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the server and its database. When nothing runs, says so and ends with 0.")
public final class Down implements Callable<Integer> {

    /** Longer than the server gives itself. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<RunningServer> running = RunningServer.on(data.folder());
        return running.isPresent() ? stop(running.get()) : sweep();
    }

    private int stop(RunningServer server) {
        if (!server.stop(LIMIT)) {
            spec.commandLine()
                    .getErr()
                    .println("The server (pid " + server.file().pid() + ") did not stop within " + LIMIT.toSeconds()
                            + " s: see `fourfold logs`, then kill -9 it. No data is lost by that.");
            return 1;
        }
        spec.commandLine().getOut().println("Fourfold is stopped (" + data.folder() + ").");
        return 0;
    }

    /** After a kill -9 of the server: the database may still run. */
    private int sweep() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<ProcessHandle> database = RunningServer.orphanedDatabase(data.folder());
        if (database.isEmpty()) {
            out.println("Fourfold is not running (" + data.folder() + ").");
        } else {
            database.get().destroy();
            if (!RunningServer.await(() -> !RunningServer.isAlive(database.get().pid()), LIMIT)) {
                spec.commandLine()
                        .getErr()
                        .println("PostgreSQL (pid " + database.get().pid() + ") did not stop.");
                return 1;
            }
            out.println("The server had been killed; its database is stopped now (" + data.folder() + ").");
        }
        ServerFile.remove(data.folder());
        return 0;
    }
}
