package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The phases of an execution side by side, their widths being time. */
final class Ribbon {

    /** The width of the longest phase, in steps; the style sheet has a class for each. */
    static final int STEPS = 24;

    /** Narrower than this a name cannot be read; also the width of what has not begun. */
    static final int LEAST = 5;

    /**
     * One phase.
     *
     * @param tone     {@code done, now, held, next, bad, off}
     * @param width    in steps
     * @param what     agent and model
     * @param facts    time and cost, or the reason it failed
     * @param since    ISO time from which it keeps counting, or null
     * @param limit    its timeout in words while it runs and has one, or null
     * @param seconds  its timeout
     * @param percent  of its timeout that has passed, 0 unless it runs
     * @param selected whether the page shows its tools
     */
    public record Stripe(
            String id,
            String name,
            String tone,
            int width,
            String what,
            String facts,
            String since,
            String limit,
            int seconds,
            int percent,
            boolean selected) {}

    private Ribbon() {}

    static List<Stripe> of(List<PhaseRow> phases, String selected, ExecutionRow row, Instant now) {
        long longest = phases.stream().mapToLong(p -> millis(p, now)).max().orElse(0);
        List<Stripe> stripes = new ArrayList<>();
        for (PhaseRow phase : phases) {
            boolean running = phase.status.equals("running");
            Duration limit = Duration.ofSeconds(phase.timeoutSeconds);
            stripes.add(new Stripe(
                    phase.phaseId,
                    phase.name,
                    running && row.status.equals("paused") ? "held" : tone(phase.status),
                    width(millis(phase, now), longest),
                    what(phase),
                    facts(phase, row.isOver(), now),
                    running ? phase.startedAt.toString() : null,
                    running && !limit.isZero() ? "of " + Display.limit(limit) : null,
                    phase.timeoutSeconds,
                    running ? percent(millis(phase, now), limit) : 0,
                    phase.phaseId.equals(selected)));
        }
        return stripes;
    }

    private static long millis(PhaseRow phase, Instant now) {
        Duration took =
                phase.status.equals("pending") ? null : Display.between(phase.startedAt, phase.completedAt, now);
        return took == null ? 0 : Math.max(0, took.toMillis());
    }

    static int width(long millis, long longest) {
        return longest == 0 ? LEAST : (int) Math.max(LEAST, Math.round(STEPS * (double) millis / longest));
    }

    static int percent(long millis, Duration limit) {
        return limit.isZero() ? 0 : (int) Math.min(100, millis * 100 / limit.toMillis());
    }

    private static String tone(String status) {
        return switch (status) {
            case "completed" -> "done";
            case "running" -> "now";
            case "failed" -> "bad";
            case "cancelled", "interrupted", "skipped" -> "off";
            default -> "next";
        };
    }

    private static String what(PhaseRow phase) {
        String model = Words.model(phase.model);
        return model == null ? phase.agent : phase.agent + " · " + model;
    }

    private static String facts(PhaseRow phase, boolean over, Instant now) {
        String took = Display.duration(Duration.ofMillis(millis(phase, now)));
        String cost = phase.costUsd.signum() == 0 ? "" : " · " + Display.cost(phase.costUsd);
        return switch (phase.status) {
            case "pending" -> over ? "not run" : "waits";
            case "skipped" -> "skipped by its condition";
            case "running" -> took;
            case "failed" -> "failed: " + phase.failureReason + " · " + took + cost;
            case "completed" -> took + cost;
            default -> phase.status + " after " + took + cost;
        };
    }
}
