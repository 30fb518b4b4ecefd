package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamIT {

    private final TestServer server = TestServer.shared();

    private record Frame(String id, String event, String data) {}

    @Test
    void aClientThatWasCutOffResumesAndHasEveryFrameOnce() throws Exception {
        JsonNode run = server.json(0, "run", RunIT.example("hello"), "--task", "Say hello", "--detach", "--json");
        String id = run.get("execution_id").asText();
        List<Frame> pieces = new ArrayList<>();
        String cursor = null;
        do {
            List<Frame> some = read(id, cursor, 5);
            pieces.addAll(some);
            cursor = some.isEmpty() ? cursor : some.get(some.size() - 1).id();
        } while (!pieces.get(pieces.size() - 1).event().equals("end"));
        List<Frame> whole = read(id, null, Integer.MAX_VALUE);
        assertThat(pieces).isEqualTo(whole).doesNotHaveDuplicates();
        assertThat(whole)
                .extracting(Frame::event)
                .contains("state", "tool", "tokens", "message")
                .endsWith("end");
        assertThat(whole).filteredOn(f -> f.event().equals("end")).hasSize(1);
    }

    @Test
    void aStreamThatIsOverIsNotOpenedAgain() throws Exception {
        JsonNode run = server.json(0, "run", RunIT.example("hello"), "--task", "Say hello", "--json");
        String id = run.get("workflow_execution_id").asText();
        List<Frame> whole = read(id, null, Integer.MAX_VALUE);
        String last = whole.get(whole.size() - 1).id();
        assertThat(server.get("/api/executions/" + id + "/stream", "Accept", "text/event-stream", "Last-Event-ID", last)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void subscribersThatNeverReadHoldUpNobody() throws Exception {
        List<Socket> dead = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            dead.add(subscribe("/api/v1/sse/records"));
        }
        String item = "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"thread\":\"th_unread\",\"body\":{\"fill\":\""
                + "x".repeat(2_000) + "\"}}";
        String batch = "[" + String.join(",", Collections.nCopies(1_000, item)) + "]";
        for (int i = 0; i < 5; i++) {
            assertThat(server.post("/api/v1/records/batch", "application/json", batch)
                            .statusCode())
                    .isEqualTo(200);
        }
        JsonNode last = TestServer.parse(
                server.post("/api/v1/records", "application/json", item).body());
        assertThat(last.get("version").asLong()).isEqualTo(5_000);
        Wait.until(() -> lags(server.get("/metrics").body()).stream().allMatch(lag -> lag == 0));
        for (Socket each : dead) {
            each.close();
        }
    }

    /** Asks for the stream and never reads of it. */
    private Socket subscribe(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static List<Double> lags(String metrics) {
        List<Double> lags = metrics.lines()
                .filter(line -> line.startsWith("fourfold_tail_lag"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        assertThat(lags).hasSizeGreaterThan(2);
        return lags;
    }

    @Test
    void anUnknownExecutionHasNoStream() {
        HttpResponse<String> answer =
                server.get("/api/v1/sse/executions/exec-000000000000", "Accept", "text/event-stream");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(TestServer.parse(answer.body()).get("code").asText()).isEqualTo("NOT_FOUND");
    }

    /** Frames with an id, until the end of the stream or the limit; then the connection is cut. */
    private List<Frame> read(String id, String cursor, int limit) throws IOException, InterruptedException {
        String path = "/api/executions/" + id + "/stream";
        var request = cursor == null
                ? server.request(path, "Accept", "text/event-stream")
                : server.request(path, "Accept", "text/event-stream", "Last-Event-ID", cursor);
        List<Frame> frames = new ArrayList<>();
        HttpResponse<InputStream> answer =
                server.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String frameId = null;
            String event = null;
            String data = null;
            for (String line = lines.readLine(); line != null && frames.size() < limit; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    frameId = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    event = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && frameId != null) {
                    frames.add(new Frame(frameId, event, data));
                    frameId = null;
                }
            }
        }
        return frames;
    }
}
