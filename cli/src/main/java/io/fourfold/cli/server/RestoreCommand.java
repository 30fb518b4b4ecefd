package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.audit.RecordLines;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Exit;
import io.fourfold.cli.ServerFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a new data folder from a backup: every record keeps its id, position, version and time.",
            "All of it is checked; when anything is wrong, that is named and the new folder holds no record."
        })
public final class RestoreCommand implements Callable<Integer> {

    /** How the server begins the line that says why. */
    private static final String REFUSED = "Restore refused: ";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    @Parameters(paramLabel = "FOLDER", description = "What fourfold backup wrote.")
    private Path backup;

    @Option(names = "--data", required = true, paramLabel = "NEW", description = "The data folder to make.")
    private Path data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path from = backup.toAbsolutePath().normalize();
        Path to = data.toAbsolutePath().normalize();
        if (!Files.isReadable(from.resolve("manifest.json"))) {
            throw new Exit(Exit.USAGE, from + " holds no complete backup: there is no manifest.json.");
        }
        checkEmpty(to);
        checkRecords(from);
        File console = Files.createTempFile("fourfold-restore-", ".log").toFile();
        try {
            List<String> line = ServerCommand.line(0, to, null, List.of("-Dfourfold.restore=" + from));
            Process server = new ProcessBuilder(ServerCommand.apart(line))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(console)
                    .start();
            await(server, to);
            if (!server.isAlive()) {
                throw new Exit(
                        Exit.FAILED,
                        reason(to).orElse(Files.readString(console.toPath()).strip()));
            }
            server.destroy();
            RunningServer.await(() -> !server.isAlive(), STOP_LIMIT);
        } finally {
            Files.delete(console.toPath());
        }
        spec.commandLine().getOut().println("Restored to " + to + ". Start it with: fourfold up --data " + to);
        return Exit.OK;
    }

    /** Here already: it costs a second, and a server that does not start many. The server checks again. */
    private static void checkRecords(Path from) throws IOException {
        RecordLines records = new RecordLines();
        try (BufferedReader in = Files.newBufferedReader(from.resolve("records.ndjson"))) {
            JsonNode manifest = ApiClient.JSON.readTree(Files.readAllBytes(from.resolve("manifest.json")));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                records.next(line);
            }
            records.end(manifest.path("head").asLong(), manifest.path("root").asText());
        } catch (IllegalArgumentException damaged) {
            throw new Exit(Exit.FAILED, damaged.getMessage() + ". Nothing was restored.");
        }
    }

    /** What the server wrote about it. */
    private static Optional<String> reason(Path to) throws IOException {
        Path log = to.resolve("logs").resolve("server.log");
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(REFUSED))
                    .map(line -> line.substring(line.indexOf(REFUSED)))
                    .findFirst();
        }
    }

    /** However long it takes: it ends when the server is ready or gives up. */
    private void await(Process server, Path to) {
        while (!RunningServer.await(() -> !server.isAlive() || isReady(server.pid(), to), PROGRESS)) {
            spec.commandLine().getErr().println("  still restoring");
            spec.commandLine().getErr().flush();
        }
    }

    private static boolean isReady(long pid, Path to) {
        return ServerFile.read(to)
                .filter(file -> file.pid() == pid && "ready".equals(file.state()))
                .isPresent();
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new Exit(Exit.REFUSED, folder + " is not empty: a backup is restored to a folder of its own.");
            }
        }
    }
}
