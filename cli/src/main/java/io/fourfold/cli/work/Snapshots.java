package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Threads to a file and back. */
final class Snapshots {

    private Snapshots() {}

    /** Written beside and renamed when complete; a larger older snapshot is replaced only with {@code force}. */
    static int save(Client client, List<String> threads, Path file, boolean force) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        String ids = String.join(",", threads.stream().map(ApiClient::escaped).toList());
        try {
            try {
                JsonNode manifest = download(client.api(), "/threads/" + ids + "/snapshot", partial);
                long records = manifest.path("record_count").asLong();
                if (!force) {
                    checkOlder(file, records);
                }
                Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
                if (client.json()) {
                    client.output().json(manifest);
                }
                client.output().aside(records + " records written to " + file);
                return Exit.OK;
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException broken) {
            throw new Exit(Exit.FAILED, "Cannot write " + file + ": " + broken.getMessage());
        }
    }

    private static JsonNode download(ApiClient api, String path, Path to) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(api.bytes(path), StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(to)) {
            String first = in.readLine();
            JsonNode manifest = ApiClient.JSON.readTree(first == null ? "" : first);
            long records = -1;
            for (String line = first; line != null; line = in.readLine()) {
                out.write(line);
                out.write('\n');
                records++;
            }
            if (records != manifest.path("record_count").asLong(-2)) {
                throw new Exit(Exit.FAILED, "The snapshot broke off after " + records + " records; nothing was kept.");
            }
            return manifest;
        }
    }

    private static void checkOlder(Path file, long records) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        JsonNode older;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String first = in.readLine();
            older = ApiClient.JSON.readTree(first == null ? "" : first);
        } catch (IOException other) {
            older = ApiClient.JSON.createObjectNode();
        }
        if (!older.path("record_count").isNumber()) {
            throw new Exit(Exit.REFUSED, file + " is no snapshot and is not overwritten without --force.");
        }
        if (older.path("record_count").asLong() > records) {
            throw new Exit(
                    Exit.REFUSED,
                    file + " holds " + older.path("record_count").asLong() + " records, more than the " + records
                            + " there are now: it is not replaced without --force.");
        }
    }

    static int restore(Client client, Path file, boolean dryRun) {
        if (!Files.isReadable(file)) {
            throw new Exit(Exit.USAGE, "Cannot read " + file);
        }
        JsonNode answer = client.api().upload("/threads/restore?dry_run=" + dryRun, "application/x-ndjson", file);
        JsonNode restored = answer.path("restored");
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        client.output()
                .line(restored.path("records").asLong() + " records: "
                        + restored.path("stored").asLong() + (dryRun ? " would be stored, " : " stored, ")
                        + restored.path("duplicates").asLong() + " there already, "
                        + restored.path("dangling").asLong() + " dangling parents");
        return Exit.OK;
    }
}
