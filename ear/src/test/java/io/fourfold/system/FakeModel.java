package io.fourfold.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The scripted model API as a process of this machine; it says one text, whatever it is asked. */
final class FakeModel implements AutoCloseable {

    private final Process process;
    private final Path requests;
    private final int port;

    private FakeModel(Process process, Path requests, int port) {
        this.process = process;
        this.requests = requests;
        this.port = port;
    }

    /** Skips the test where there is no script, or no node to run it. */
    static FakeModel saying(String text, Path folder) throws IOException {
        Path program = Shared.file("tools/fake-model-server.mjs");
        Path script = folder.resolve("turns.json");
        var turns = TestServer.JSON.createArrayNode();
        turns.addArray().addObject().put("text", text);
        Files.writeString(script, turns.toString());
        Path requests = folder.resolve("requests.ndjson");
        Process process =
                started("node", program.toString(), "--script", script.toString(), "--log", requests.toString());
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("listening ")) {
            process.destroyForcibly();
            throw new IllegalStateException("Expected it to listen, but it said " + line);
        }
        return new FakeModel(process, requests, Integer.parseInt(line.substring("listening ".length())));
    }

    private static Process started(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException absent) {
            Assumptions.abort("there is no node here: " + absent.getMessage());
            throw new IllegalStateException(absent);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What it handed out, a row for each answer. */
    JsonNode ledger() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url() + "/ledger")).build();
            return TestServer.parse(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Every request's line: method, path, headers. */
    String requests() throws IOException {
        return Files.readString(requests);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
