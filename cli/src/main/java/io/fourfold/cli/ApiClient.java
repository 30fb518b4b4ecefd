package io.fourfold.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Speaks to the public REST API. Whatever does not work becomes an {@link Exit} or a {@link Refused}. */
public final class ApiClient {

    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int NO_CONTENT = 204;
    private static final int ERROR_STATUS_MIN = 400;

    private final String base;
    private final String token;
    private final HttpClient http;

    /** {@code token} is sent with every request; null for none. */
    public ApiClient(URI server, String token) {
        this.token = token;
        this.base = server.toString().replaceAll("/+$", "") + "/api/v1";
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }

    public JsonNode get(String path) {
        return json(send(request(path).timeout(ANSWER_TIMEOUT).GET().build()));
    }

    public JsonNode post(String path, JsonNode body) {
        return post(path, body, ANSWER_TIMEOUT);
    }

    /** For what takes the server longer, as when it fetches something itself. */
    public JsonNode post(String path, JsonNode body, Duration timeout) {
        HttpRequest.Builder request = request(path).timeout(timeout).header("Content-Type", "application/json");
        return json(send(request.POST(BodyPublishers.ofString(body.toString())).build()));
    }

    public JsonNode delete(String path) {
        return json(send(request(path).timeout(ANSWER_TIMEOUT).DELETE().build()));
    }

    /** Sends a file as it is; the answer may take as long as it takes. */
    public JsonNode upload(String path, String type, Path file) {
        try {
            return json(send(request(path)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofFile(file))
                    .build()));
        } catch (FileNotFoundException gone) {
            throw new Exit(Exit.USAGE, "Cannot read " + file);
        }
    }

    /** The bytes as they are stored. The caller closes the stream. */
    public InputStream bytes(String path) {
        return send(request(path).header("Accept", "*/*").GET().build()).body();
    }

    /**
     * An open event stream, from after the event with the given id, null for its beginning; empty when there is no
     * more.
     */
    Optional<InputStream> events(String path, String lastEventId) {
        HttpRequest.Builder request = request(path).setHeader("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> answer = send(request.GET().build());
        return answer.statusCode() == NO_CONTENT ? Optional.empty() : Optional.of(answer.body());
    }

    /** A path segment or query value, escaped. */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() >= ERROR_STATUS_MIN) {
                throw new Refused(answer.statusCode(), problem(answer));
            }
            return answer;
        } catch (IOException gone) {
            throw new Exit(
                    Exit.UNREACHABLE,
                    "No answer from " + request.uri().resolve("/") + " ("
                            + gone.getClass().getSimpleName()
                            + (gone.getMessage() == null ? "" : ": " + gone.getMessage())
                            + "). Is the server up? Start it with: fourfold up");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Exit(Exit.FAILED, "Interrupted");
        }
    }

    private static JsonNode problem(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            try {
                JsonNode problem = JSON.readTree(text);
                return problem.isObject() ? problem : JSON.createObjectNode().put("detail", text);
            } catch (IOException notJson) {
                return JSON.createObjectNode().put("title", "HTTP " + answer.statusCode());
            }
        }
    }

    private static JsonNode json(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return JSON.readTree(body);
        } catch (IOException broken) {
            throw new Exit(Exit.UNREACHABLE, "Expected JSON from " + answer.uri() + ", but: " + broken.getMessage());
        }
    }
}
