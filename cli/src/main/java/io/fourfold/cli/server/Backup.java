package io.fourfold.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.audit.RecordLines;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the whole instance to a new folder while the server runs: records, telemetry, tokens,",
            "content, keys.",
            "Runs on the server's machine. Every id is recomputed on the way.",
            "The folder holds the signing key and the hashes of tokens: keep it safe."
        })
public final class Backup implements Callable<Integer> {

    private static final int PROGRESS_RECORDS = 50_000;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "A new or empty folder.")
    private Path folder;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunningServer server = RunningServer.on(data.folder())
                .orElseThrow(() -> new Exit(
                        Exit.UNREACHABLE, "No server runs on " + data.folder() + ". Start one with: fourfold up"));
        checkEmpty();
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ApiClient api = new ApiClient(server.file().url(), System.getenv(Client.TOKEN_VARIABLE));
        JsonNode manifest = records(api);
        lines(api, "telemetry");
        lines(api, "tokens");
        copy(shared().resolve("content"), folder.resolve("content"));
        copy(data.folder().resolve("keys"), folder.resolve("keys"));
        // Last: a folder without it is no backup.
        Files.writeString(folder.resolve("manifest.json"), manifest + "\n");
        spec.commandLine()
                .getOut()
                .println(manifest.path("head").asLong() + " records as of "
                        + manifest.path("created_at").asText() + " written to " + folder
                        + ". Restore them with: fourfold restore " + folder + " --data NEW");
        return Exit.OK;
    }

    private void checkEmpty() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new Exit(Exit.REFUSED, folder + " is not empty: a backup goes to a folder of its own.");
            }
        }
    }

    /** Content lies where the server keeps it: see the setting {@code fourfold.shared}. */
    private Path shared() {
        String shared = System.getenv("FOURFOLD_SHARED");
        return shared == null || shared.isEmpty() ? data.folder() : Path.of(shared);
    }

    private JsonNode records(ApiClient api) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        RecordLines records = new RecordLines();
        try (BufferedReader in = reader(api, "/backup/records");
                BufferedWriter out = Files.newBufferedWriter(folder.resolve("records.ndjson"))) {
            JsonNode manifest = ApiClient.JSON.readTree(in.readLine());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                records.next(line);
                out.write(line);
                out.write('\n');
                if (records.size() % PROGRESS_RECORDS == 0) {
                    err.println("  " + records.size() + " of "
                            + manifest.path("head").asLong() + " records");
                    err.flush();
                }
            }
            records.end(manifest.path("head").asLong(), manifest.path("root").asText());
            return manifest;
        } catch (IllegalArgumentException damaged) {
            throw new Exit(
                    Exit.FAILED, damaged.getMessage() + ". Nothing damaged is backed up: fourfold doctor --rehash");
        }
    }

    private void lines(ApiClient api, String what) throws IOException {
        try (BufferedReader in = reader(api, "/backup/" + what);
                BufferedWriter out = Files.newBufferedWriter(folder.resolve(what + ".ndjson"))) {
            in.transferTo(out);
        }
    }

    private static BufferedReader reader(ApiClient api, String path) {
        return new BufferedReader(new InputStreamReader(api.bytes(path), StandardCharsets.UTF_8));
    }

    /** Content was there before the records that name it, so all they name is copied. */
    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.getFileName().toString().endsWith(".tmp")) {
                    Files.copy(path, target);
                }
            }
        }
    }
}
