package io.fourfold.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** Follows the live stream of one execution; after a break it goes on behind the frame that came last. */
final class Follower {

    private static final int REST_MILLIS = 100;
    private static final String ID = "id:";
    private static final String EVENT = "event:";

    private final Rest rest;
    private final String path;
    private String event = "";
    private String last;
    private int observed;
    private boolean ended;

    Follower(Rest rest, String executionId) {
        this.rest = rest;
        this.path = "/executions/" + executionId + "/stream";
    }

    /** Returns at the end of the execution: how many frames told what its agents were seen to do. */
    int follow() throws InterruptedException {
        while (!ended) {
            try {
                HttpResponse<Stream<String>> answer = rest.stream(path, last);
                try (Stream<String> lines = answer.body()) {
                    ended = answer.statusCode() == 204;
                    lines.forEach(this::line);
                }
            } catch (IOException | UncheckedIOException broken) {
                Thread.sleep(REST_MILLIS);
            }
        }
        return observed;
    }

    private void line(String line) {
        if (line.startsWith(ID)) {
            last = line.substring(ID.length()).strip();
        } else if (line.startsWith(EVENT)) {
            event = line.substring(EVENT.length()).strip();
        } else if (line.isEmpty()) {
            frame();
        }
    }

    private void frame() {
        switch (event) {
            case "tool", "tokens", "message", "chunk", "notice" -> observed++;
            case "end" -> ended = true;
            default -> {}
        }
        event = "";
    }
}
