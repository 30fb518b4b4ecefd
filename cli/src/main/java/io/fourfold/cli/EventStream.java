package io.fourfold.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Follows an event stream to its end, through lost connections: it comes back with the id it saw last. */
public final class EventStream {

    /** The server sends a heartbeat each 15 s. */
    static final int SILENCE_MAX_SECONDS = 45;

    static final int RECONNECTS_MAX = 10;
    private static final int WAITING_LINES_MAX = 1_000;
    private static final String CLOSED = "\0";

    /** One event; {@code id} may be null. */
    public record Frame(String id, String event, JsonNode data) {}

    private final ApiClient api;
    private final String path;
    private final long pauseMillis;
    private String lastId;
    private int failures;

    public EventStream(ApiClient api, String path, long pauseMillis) {
        this.api = api;
        this.path = path;
        this.pauseMillis = pauseMillis;
    }

    /** Hands on every frame until the predicate says that one was the last. */
    public void follow(Predicate<Frame> isLast) throws InterruptedException {
        while (true) {
            try {
                Optional<InputStream> more = api.events(path, lastId);
                if (more.isEmpty()) {
                    return;
                }
                try (InputStream in = more.get()) {
                    if (read(in, isLast)) {
                        return;
                    }
                }
            } catch (Exit unreachable) {
                if (failures >= RECONNECTS_MAX || unreachable.code() != Exit.UNREACHABLE) {
                    throw unreachable;
                }
            } catch (IOException whileClosing) {
                // The next round connects anew.
            }
            if (++failures > RECONNECTS_MAX) {
                throw new Exit(Exit.UNREACHABLE, "The stream broke off " + failures + " times without an event");
            }
            Thread.sleep(pauseMillis);
        }
    }

    private boolean read(InputStream in, Predicate<Frame> isLast) throws InterruptedException {
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING_LINES_MAX);
        Thread reader = Thread.ofVirtual().start(() -> pump(in, lines));
        try {
            Parser parser = new Parser();
            while (true) {
                String line = lines.poll(SILENCE_MAX_SECONDS, TimeUnit.SECONDS);
                if (line == null || line.equals(CLOSED)) {
                    return false;
                }
                Frame frame = parser.line(line);
                if (frame != null) {
                    failures = 0;
                    lastId = frame.id() == null ? lastId : frame.id();
                    if (isLast.test(frame)) {
                        return true;
                    }
                }
            }
        } finally {
            reader.interrupt();
        }
    }

    private static void pump(InputStream in, BlockingQueue<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(line);
            }
            lines.put(CLOSED);
        } catch (IOException broken) {
            lines.offer(CLOSED);
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts lines together to frames, as the specification of event streams says. */
    static final class Parser {
        private String id;
        private String event = "message";
        private final StringBuilder data = new StringBuilder();

        /** The frame that this line completes, or null. */
        Frame line(String line) {
            if (line.isEmpty()) {
                return complete();
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (name) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {
                    // A comment, which is a heartbeat, or a field of no use here.
                }
            }
            return null;
        }

        private Frame complete() {
            String text = data.toString();
            Frame frame = text.isEmpty() ? null : new Frame(id, event, tree(text));
            id = null;
            event = "message";
            data.setLength(0);
            return frame;
        }

        private static JsonNode tree(String text) {
            try {
                return ApiClient.JSON.readTree(text);
            } catch (JsonProcessingException notJson) {
                return ApiClient.JSON.getNodeFactory().textNode(text);
            }
        }
    }
}
