package io.fourfold.intelligence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fourfold.intelligence.Provider.Completion;
import io.fourfold.kit.Wire;
import io.fourfold.telemetry.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicMessagesTest {

    private static final String KEY = "sk-not-to-be-seen";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Provider.Prompt PROMPT = new Provider.Prompt("Be brief.", List.of("one", "two", "three"));
    private static final String MESSAGE = """
            {"content":[{"type":"text","text":"Hello, "},{"type":"text","text":"world."}],
             "usage":{"input_tokens":12,"output_tokens":3,"cache_read_input_tokens":5,"cache_creation_input_tokens":2}}
            """;

    private HttpServer server;
    private int status = 200;
    private String answer = MESSAGE;
    private CountDownLatch hold = new CountDownLatch(0);
    private HttpExchange asked;
    private JsonNode body;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        hold.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked = exchange;
            body = Wire.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, 0);
            hold.await();
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private Completion complete(Duration timeout) throws InterruptedException {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new AnthropicMessages(HttpClient.newHttpClient(), base, KEY, "claude-haiku-4-5")
                .complete(PROMPT, timeout);
    }

    @Test
    void anAnswerIsItsTextAndItsTokens() throws Exception {
        assertThat(complete(LONG)).isEqualTo(new Completion.Said("Hello, world.", new Usage(12, 3, 2, 5)));
    }

    @Test
    void itIsAskedAsTheApiWantsIt() throws Exception {
        complete(LONG);
        assertThat(asked.getRequestMethod() + " " + asked.getRequestURI()).isEqualTo("POST /v1/messages");
        assertThat(asked.getRequestHeaders().getFirst("x-api-key")).isEqualTo(KEY);
        assertThat(asked.getRequestHeaders().getFirst("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(body.get("model").asText()).isEqualTo("claude-haiku-4-5");
        assertThat(body.get("system").asText()).isEqualTo("Be brief.");
        assertThat(body.get("max_tokens").asInt()).isPositive();
        assertThat(body.get("messages").findValuesAsText("role")).containsExactly("user", "assistant", "user");
        assertThat(body.get("messages").findValuesAsText("content")).containsExactly("one", "two", "three");
    }

    @ParameterizedTest
    @CsvSource({
        "408,true",
        "429,true",
        "500,true",
        "503,true",
        "529,true",
        "400,false",
        "401,false",
        "403,false",
        "404,false",
        "302,false",
        "201,false"
    })
    void someFaultsPass(int answered, boolean passing) throws Exception {
        status = answered;
        answer = "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"the reason\"}}";
        String reason =
                switch (complete(LONG)) {
                    case Completion.Transient fault -> passing ? fault.reason() : "transient";
                    case Completion.Final fault -> passing ? "final" : fault.reason();
                    case Completion.Said said -> "said";
                };
        assertThat(reason).contains(Integer.toString(answered)).endsWith(": the reason");
    }

    @Test
    void afterAFaultThatPassedItAnswers() throws Exception {
        status = 429;
        assertThat(complete(LONG)).isInstanceOf(Completion.Transient.class);
        status = 200;
        assertThat(complete(LONG)).isInstanceOf(Completion.Said.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <html>Welcome</html>
            {}
            {"content":"text"}
            []
            ``
            """)
    void whatIsNoMessageIsFinal(String text) throws Exception {
        answer = text;
        assertThat(complete(LONG)).isInstanceOf(Completion.Final.class);
    }

    @Test
    void anAnswerWithoutEndIsNotRead() throws Exception {
        answer = "x".repeat(AnthropicMessages.ANSWER_BYTES_MAX + 1);
        assertThat(complete(LONG)).isInstanceOfSatisfying(Completion.Final.class, fault -> assertThat(fault.reason())
                .contains("at most " + AnthropicMessages.ANSWER_BYTES_MAX));
    }

    @Test
    void oneThatBeginsToAnswerAndStopsIsTransient() throws Exception {
        hold = new CountDownLatch(1);
        assertThat(complete(Duration.ofMillis(200)))
                .isInstanceOfSatisfying(Completion.Transient.class, fault -> assertThat(fault.reason())
                        .startsWith("timeout"));
    }

    @Test
    void oneThatIsAwayIsTransient() throws Exception {
        stop();
        assertThat(complete(LONG)).isInstanceOf(Completion.Transient.class);
    }

    @Test
    void theKeyIsInNoReason() throws Exception {
        status = 401;
        answer = "{\"error\":{\"message\":\"invalid x-api-key " + KEY + "\"}}";
        assertThat(complete(LONG)).isInstanceOfSatisfying(Completion.Final.class, fault -> assertThat(fault.reason())
                .doesNotContain(KEY)
                .contains("••••"));
    }
}
