package io.fourfold.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code server.json}, which a running server keeps in its data folder. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServerFile(
        String state,
        URI url,
        long pid,
        @JsonProperty("database_pid") Long databasePid,
        String version,
        String data,
        @JsonProperty("started_at") String startedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "server.json";

    /** FOURFOLD_DATA, else {@code ~/.fourfold}. */
    public static Path defaultData() {
        String given = System.getenv("FOURFOLD_DATA");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        // HOME, as every other program on the line reads it; the JVM asks the password file.
        return Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")), ".fourfold");
    }

    /** Where the server of this data folder answers; empty when none runs. */
    public static Optional<URI> url(Path data) {
        return read(data)
                .filter(file -> ProcessHandle.of(file.pid()).isPresent())
                .map(ServerFile::url);
    }

    /** Also what a killed server left behind. */
    public static Optional<ServerFile> read(Path data) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(data.resolve(NAME)), ServerFile.class));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    public static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }
}
