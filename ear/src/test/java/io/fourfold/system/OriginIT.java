package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page that someone looks at in a browser on this machine is no caller. */
class OriginIT {

    private static final String WORKFLOW =
            "{\"content\":\"id: planted\\nphases:\\n  - {id: a, run: 'touch /tmp/planted'}\\n\"}";

    private final TestServer server = TestServer.shared();

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json"})
    void aForeignPageRegistersNoWorkflow(String type) {
        String answer = raw(
                "POST /api/v1/workflows/package",
                "localhost:" + server.port(),
                "Origin: https://evil.example\r\nContent-Type: " + type + "\r\n",
                WORKFLOW);
        assertThat(answer).startsWith("HTTP/1.1 403").contains("FOREIGN_ORIGIN", "problem+json");
        assertThat(server.get("/api/v1/workflows/planted").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/executions", "GET /dashboard/", "GET /api/v1/sse/activity"})
    void aNameBoundAnewToThisMachineReadsNothing(String request) {
        assertThat(raw(request, "evil.example:" + server.port(), "", "")).startsWith("HTTP/1.1 403");
    }

    @Test
    void ourOwnPageIsHeard() {
        String own = "localhost:" + server.port();
        String headers = "Origin: http://" + own + "\r\nContent-Type: application/json\r\n";
        assertThat(raw("POST /api/v1/workflows/validate", own, headers, WORKFLOW))
                .startsWith("HTTP/1.1 200");
    }

    private String raw(String request, String host, String headers, String body) {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String text = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
