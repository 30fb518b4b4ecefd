package io.fourfold.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code server.json} in the data folder: how others find the server that runs on it. There only while it runs. */
record ServerStatus(State state, int port, long databasePid, Path data, Instant startedAt) {

    enum State {
        STARTING,
        READY
    }

    private static final Pattern SENTENCE_FIELD = Pattern.compile("\"(url|pid)\":\\s*\"?([^\",}]+)");

    static Path file(Path data) {
        return data.resolve("server.json");
    }

    static String version() {
        String version = ServerStatus.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    String url() {
        return "http://localhost:" + port;
    }

    void write() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("state", text(state.name().toLowerCase(Locale.ROOT)));
        fields.put("url", text(url()));
        fields.put("pid", String.valueOf(ProcessHandle.current().pid()));
        fields.put("database_pid", databasePid == 0 ? "null" : String.valueOf(databasePid));
        fields.put("version", text(version()));
        fields.put("data", text(data.toString()));
        fields.put("started_at", text(startedAt.toString()));
        String json = fields.entrySet().stream()
                .map(field -> text(field.getKey()) + ": " + field.getValue())
                .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
        try {
            Path half = data.resolve("server.json.new");
            Files.writeString(half, json);
            Files.move(half, file(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static void remove(Path data) {
        try {
            Files.deleteIfExists(file(data));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** For a second start on the same folder: where the first one is. */
    static String whereabouts(Path data) {
        try {
            Map<String, String> found = new LinkedHashMap<>();
            Matcher matcher = SENTENCE_FIELD.matcher(Files.readString(file(data)));
            while (matcher.find()) {
                found.put(matcher.group(1), matcher.group(2));
            }
            return "already running at " + found.get("url") + ", pid " + found.get("pid");
        } catch (IOException justStarting) {
            return "already running";
        }
    }

    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
