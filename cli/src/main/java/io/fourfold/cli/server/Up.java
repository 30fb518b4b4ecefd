package io.fourfold.cli.server;

import io.fourfold.cli.ServerFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the server: PostgreSQL and the application, "
                    + "in the foreground (Ctrl-C stops both) or with --detach.",
            "When one runs on the data folder already, says where and ends with 0."
        })
public final class Up implements Callable<Integer> {

    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int LOG_LINES = 20;

    /** With these words the server says in one line of its log why it does not start. */
    private static final String REASON = "Not started: ";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8484", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--detach", description = "Return when the server is ready and leave it running.")
    private boolean detach;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "Use this PostgreSQL instead of the embedded one. FOURFOLD_DB_USER and FOURFOLD_DB_PASSWORD"
                    + " keep credentials out of the process list.")
    private String database;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<RunningServer> running = RunningServer.on(data.folder());
        if (running.isPresent()) {
            spec.commandLine().getOut().println(running.get().whereabouts());
            return 0;
        }
        List<String> line = ServerCommand.line(port, data.folder(), database);
        return detach ? detached(line) : foreground(line);
    }

    private static int foreground(List<String> line) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(line).inheritIO().start();
        // Ctrl-C reaches both of us; a signal to this process alone is passed on. Either way we outlive the server.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.destroy();
            server.onExit()
                    .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(tooLong -> server.destroyForcibly())
                    .join();
        }));
        return server.waitFor();
    }

    private int detached(List<String> line) throws IOException, InterruptedException {
        File console = Files.createTempFile("fourfold-up-", ".log").toFile();
        long logged = Files.exists(log()) ? Files.size(log()) : 0;
        try {
            Process server = new ProcessBuilder(ServerCommand.apart(line))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(console)
                    .start();
            boolean ended = RunningServer.await(() -> !server.isAlive() || isReady(server.pid()), READY_LIMIT);
            if (ended && server.isAlive()) {
                spec.commandLine()
                        .getOut()
                        .println(Files.readString(console.toPath()).strip());
                return 0;
            }
            server.destroy();
            server.waitFor();
            return failed(ended, Files.readString(console.toPath()).strip(), logged);
        } finally {
            Files.delete(console.toPath());
        }
    }

    private boolean isReady(long pid) {
        return ServerFile.read(data.folder())
                .filter(file -> file.pid() == pid && "ready".equals(file.state()))
                .isPresent();
    }

    private Path log() {
        return data.folder().resolve("logs").resolve("server.log");
    }

    /** @param logged how long the log was before */
    private int failed(boolean ended, String console, long logged) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Path log = log();
        Optional<String> reason = Logs.since(log, logged)
                .filter(line -> line.contains(REASON))
                .map(line -> line.substring(line.indexOf(REASON)))
                .findFirst();
        if (ended && reason.isPresent()) {
            err.println(reason.get());
            return 1;
        }
        if (ended) {
            err.println(console);
        } else {
            err.println("The server was not ready within " + READY_LIMIT.toSeconds() + " s. " + console);
        }
        if (Files.exists(log) && !console.contains("already")) {
            err.println("The end of " + log + ":");
            Logs.last(log, LOG_LINES).forEach(entry -> err.println("  " + entry));
        }
        return 1;
    }
}
