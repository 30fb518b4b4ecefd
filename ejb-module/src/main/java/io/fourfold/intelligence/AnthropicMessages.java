package io.fourfold.intelligence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import io.fourfold.telemetry.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Messages API of Anthropic, or whatever speaks it. 408, 429 and 5xx, and a host that is away or slow, are
 * transient; anything else that is no answer is final. The key goes into the request's header and nowhere else.
 */
public final class AnthropicMessages implements Provider {

    /** Of an answer, in all. */
    static final int ANSWER_BYTES_MAX = 256 * 1024;

    private static final int TOKENS_MAX = 1_024;
    private static final int SHOWN_CHARS_MAX = 200;
    private static final String API_VERSION = "2023-06-01";

    private final HttpClient client;
    private final URI messages;
    private final String key;
    private final String model;

    /** @param base for example {@code https://api.anthropic.com} */
    public AnthropicMessages(HttpClient client, URI base, String key, String model) {
        this.client = client;
        this.messages = URI.create(base.toString().replaceAll("/+$", "") + "/v1/messages");
        this.key = key;
        this.model = model;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public Completion complete(Prompt prompt, Duration timeout) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(messages)
                .header("Content-Type", "application/json")
                .header("x-api-key", key)
                .header("anthropic-version", API_VERSION)
                .POST(BodyPublishers.ofString(body(prompt)))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, head -> bounded());
        try {
            HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return completion(response.statusCode(), response.body());
        } catch (TimeoutException late) {
            return new Completion.Transient("timeout: the model did not answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException failed) {
            return failed(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private String body(Prompt prompt) {
        ObjectNode body = Wire.MAPPER
                .createObjectNode()
                .put("model", model)
                .put("max_tokens", TOKENS_MAX)
                .put("system", prompt.system());
        ArrayNode turns = body.putArray("messages");
        for (String turn : prompt.turns()) {
            turns.addObject()
                    .put("role", turns.size() % 2 == 1 ? "user" : "assistant")
                    .put("content", turn);
        }
        return body.toString();
    }

    private static HttpResponse.BodySubscriber<String> bounded() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (read.size() + bytes.length > ANSWER_BYTES_MAX) {
                        throw new TooLong();
                    }
                    read.writeBytes(bytes);
                })),
                end -> read.toString(StandardCharsets.UTF_8));
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Completion failed(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof TooLong) {
                return new Completion.Final(
                        "Expected an answer of at most " + ANSWER_BYTES_MAX + " bytes, but it is longer");
            }
        }
        if (cause instanceof IOException away) {
            String reason = away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
            return new Completion.Transient("Expected an answer from " + messages.getHost() + ", but " + shown(reason));
        }
        return new Completion.Final("Expected an answer from " + messages.getHost() + ", but "
                + cause.getClass().getSimpleName());
    }

    private Completion completion(int status, String text) {
        if (status != 200) {
            String wrong = "Expected status 200 from the model, but was " + status + ": " + shown(error(text));
            boolean passing = status == 408 || status == 429 || status >= 500;
            return passing ? new Completion.Transient(wrong) : new Completion.Final(wrong);
        }
        return read(text)
                .<Completion>map(answer -> new Completion.Said(said(answer), usage(answer.path("usage"))))
                .orElseGet(() -> new Completion.Final("Expected a message of a model, but was " + shown(text)));
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(Wire.MAPPER.readTree(text))
                    .filter(answer -> answer.path("content").isArray());
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private static String said(JsonNode answer) {
        StringBuilder said = new StringBuilder();
        answer.path("content").forEach(block -> said.append(block.path("text").asText("")));
        return said.toString();
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                count(usage, "cache_creation_input_tokens"),
                count(usage, "cache_read_input_tokens"));
    }

    private static long count(JsonNode usage, String field) {
        return Math.max(0, usage.path(field).asLong());
    }

    /** The API's own words for it where there are some. */
    private static String error(String text) {
        try {
            return Wire.MAPPER.readTree(text).path("error").path("message").asText(text);
        } catch (JsonProcessingException noJson) {
            return text;
        }
    }

    /** A server may repeat what it was sent. */
    private String shown(String text) {
        String safe = text.replace(key, "••••");
        return safe.length() <= SHOWN_CHARS_MAX ? safe : safe.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
