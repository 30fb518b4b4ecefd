package io.fourfold.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fourfold.server.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server of our own, on a free port and in a temporary folder; {@link #shared} is booted once for all tests. */
final class TestServer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static TestServer shared;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment;
    private final Path data;
    private final int port;

    TestServer(Map<String, String> settings) {
        environment = new HashMap<>(settings);
        try {
            data = Files.createTempDirectory("fourfold-house-");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
            port = ServerProcess.freePort();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        environment.put("FOURFOLD_URL", url(""));
        // Ready sooner, and too short-lived for more.
        environment.putIfAbsent("FOURFOLD_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    }

    static synchronized TestServer shared() {
        if (shared == null) {
            shared = new TestServer(Map.of());
            shared.up();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    TestServer up(String... more) {
        Cli.Result up = start(more);
        if (up.exit() != 0) {
            throw new IllegalStateException("The server did not start: " + up);
        }
        return this;
    }

    /** What it says when it does not start. */
    String refused(String... more) {
        Cli.Result up = start(more);
        if (up.exit() == 0) {
            throw new AssertionError("Expected a server that does not start, but got " + up);
        }
        return up.out() + up.err();
    }

    private Cli.Result start(String... more) {
        lendPrograms();
        List<String> line =
                new ArrayList<>(List.of("up", "--detach", "--port", Integer.toString(port), "--data", data.toString()));
        line.addAll(List.of(more));
        return cli(line.toArray(String[]::new));
    }

    /** Unpacked once for all servers: it costs each more than all else that a new database needs. */
    private void lendPrograms() {
        Path marker = data.resolve("fourfold.json");
        if (Files.exists(marker)) {
            return;
        }
        try {
            Files.writeString(marker, "{\"format\": 1}");
            Files.createSymbolicLink(data.resolve("programs"), Files.createDirectories(TestDatabase.binaries()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Kills it, as a power cut would; its database stays, as on a machine of its own. */
    void kill() throws IOException, InterruptedException {
        long pid = file().get("pid").asLong();
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
        Wait.until(() -> ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
    }

    Cli.Result cli(String... arguments) {
        return Cli.run(environment, List.of(), arguments);
    }

    /** Runs with {@code --json} and reads the answer. */
    JsonNode json(int exit, String... arguments) {
        Cli.Result result = cli(arguments);
        if (result.exit() != exit) {
            throw new AssertionError("Expected exit " + exit + ", but got " + result);
        }
        return parse(result.out());
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** What the server wrote about itself: {@code pid}, {@code database_pid}. */
    JsonNode file() {
        try {
            return JSON.readTree(data.resolve("server.json").toFile());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(request(path, "Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode read(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError("Expected 200, but got " + answer.statusCode() + ": " + answer.body());
        }
        return parse(answer.body());
    }

    HttpClient http() {
        return http;
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("Expected JSON, but was " + text, broken);
        }
    }

    @Override
    public void close() {
        cli("down", "--data", data.toString());
        clear();
    }

    /** Its log stays for who looks for the reason of a failure; the rest is large. */
    private void clear() {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> all = Files.list(data)) {
            List<String> line = new ArrayList<>(List.of("rm", "-rf"));
            all.filter(path -> !path.endsWith("logs")).map(Path::toString).forEach(line::add);
            new ProcessBuilder(line).start().waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
