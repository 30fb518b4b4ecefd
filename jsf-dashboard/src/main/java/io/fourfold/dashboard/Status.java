package io.fourfold.dashboard;

import java.util.List;

/**
 * How a status is shown.
 *
 * @param wire as in the views and in addresses
 * @param text as people say it
 * @param tone the style class: {@code run, ok, hold, fail, quiet}
 */
public record Status(String wire, String text, String tone) {

    static final List<Status> ALL = List.of(
            new Status("running", "Running", "run"),
            new Status("not_started", "Queued", "quiet"),
            new Status("paused", "Paused", "hold"),
            new Status("completed", "Completed", "ok"),
            new Status("failed", "Failed", "fail"),
            new Status("cancelled", "Cancelled", "quiet"),
            new Status("interrupted", "Interrupted", "hold"));

    /** Of a phase alone: its condition did not hold. */
    private static final Status SKIPPED = new Status("skipped", "Skipped", "quiet");

    static Status of(String wire) {
        return ALL.stream()
                .filter(status -> status.wire.equals(wire))
                .findFirst()
                .orElse(wire.equals("skipped") ? SKIPPED : new Status(wire, wire, "quiet"));
    }
}
