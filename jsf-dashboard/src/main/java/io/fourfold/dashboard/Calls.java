package io.fourfold.dashboard;

import io.fourfold.dashboard.Gantt.Bar;
import io.fourfold.dashboard.Gantt.Lane;
import io.fourfold.kit.Display;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Puts a session's observations on the axis of a {@link Gantt}. The model's time is the time in which no tool of the
 * main agent runs; a call without an end runs until the end of the axis.
 */
final class Calls {

    private static final class Call {
        private final Observation start;
        private Observation end;

        private Call(Observation start) {
            this.start = start;
        }
    }

    private record Span(Instant from, Instant to) {}

    private final Instant from;
    private final Instant to;
    private final Map<String, Call> byId = new LinkedHashMap<>();
    private final Map<String, String> agents = new HashMap<>();

    private Calls(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @param seen  what was seen in one session, in order
     * @param main  what works there while no tool runs: {@code model} or {@code command}
     * @param tone  of its bars
     * @param to    the end of the axis: of the phase, or now
     */
    static Gantt chart(List<Observation> seen, String main, String tone, Instant from, Instant to) {
        if (from == null || !to.isAfter(from)) {
            return Gantt.EMPTY;
        }
        Calls calls = new Calls(from, to);
        seen.forEach(calls::take);
        List<Lane> lanes = new ArrayList<>();
        lanes.add(calls.main(main, tone));
        calls.lanes(null, lanes);
        int more = Math.max(0, lanes.size() - Gantt.LANES_MAX);
        return new Gantt(
                List.copyOf(lanes.subList(0, lanes.size() - more)), Gantt.ticks(Duration.between(from, to)), more);
    }

    private void take(Observation o) {
        String id = o.data().text("tool_use_id").orElse("");
        switch (o.type()) {
            case TOOL_STARTED -> byId.putIfAbsent(id, new Call(o));
            case TOOL_COMPLETED, TOOL_FAILED, TOOL_BLOCKED -> {
                Call call = byId.computeIfAbsent(id, unknown -> new Call(o));
                call.end = call.end == null ? o : call.end;
            }
            case SUBAGENT_STARTED -> agents.put(id, o.data().text("agent_name").orElse("agent"));
            case TOKENS_USED,
                    STREAM_CHUNK,
                    MESSAGE,
                    THINKING,
                    SUBAGENT_STOPPED,
                    GIT_COMMIT,
                    GIT_PUSH,
                    GIT_OPERATION,
                    SESSION_SUMMARY,
                    ERROR,
                    SECURITY_DECISION,
                    CONTEXT_COMPACTED,
                    PROMPT_SUBMITTED,
                    OTLP -> {}
        }
    }

    private Lane main(String name, String tone) {
        List<Span> busy = byId.values().stream()
                .filter(call -> parent(call) == null)
                .map(call -> new Span(at(call.start.at()), end(call)))
                .sorted((a, b) -> a.from.compareTo(b.from))
                .toList();
        List<Span> free = new ArrayList<>();
        Instant since = from;
        for (Span span : busy) {
            if (span.from.isAfter(since)) {
                free.add(new Span(since, span.from));
            }
            since = span.to.isAfter(since) ? span.to : since;
        }
        if (to.isAfter(since)) {
            free.add(new Span(since, to));
        }
        List<Bar> bars = free.stream()
                .map(s -> bar(s, tone, name + ", " + took(s), null))
                .toList();
        return lane(name, false, bars, free, name);
    }

    /** The lanes of one agent's tools, each subagent's own below the call that made it. */
    private void lanes(String parentId, List<Lane> lanes) {
        Map<String, List<Call>> byName = new LinkedHashMap<>();
        byId.forEach((id, call) -> {
            if (Objects.equals(parent(call), parentId)) {
                byName.computeIfAbsent(laneName(id, call), name -> new ArrayList<>())
                        .add(call);
            }
        });
        byName.forEach((name, calls) -> {
            List<Span> spans =
                    calls.stream().map(c -> new Span(at(c.start.at()), end(c))).toList();
            lanes.add(lane(name, parentId != null, calls.stream().map(this::bar).toList(), spans, name));
            if (lanes.size() < Gantt.LANES_MAX * 2) {
                calls.forEach(call -> lanes(id(call), lanes));
            }
        });
    }

    private String laneName(String id, Call call) {
        String agent = agents.get(id);
        return agent == null ? tool(call) : tool(call) + " › " + agent;
    }

    private Bar bar(Call call) {
        Span span = new Span(at(call.start.at()), end(call));
        boolean failed = call.end != null
                && (call.end.type() == ObservationType.TOOL_FAILED || call.end.type() == ObservationType.TOOL_BLOCKED);
        String tone = failed ? "failed" : agents.containsKey(id(call)) ? "agent" : "tool";
        String input = LogLine.preview(call.start.data().text("input_preview").orElse(""));
        String how = call.end == null ? "running for " : failed ? "failed after " : "";
        String text = tool(call) + ", " + how + took(span) + (input.isEmpty() ? "" : ": " + input);
        return bar(span, tone, text, LogLine.idOf(call.end == null ? call.start : call.end));
    }

    private Bar bar(Span span, String tone, String text, String line) {
        double whole = Duration.between(from, to).toNanos();
        double left = 100 * Duration.between(from, span.from).toNanos() / whole;
        double width = 100 * Duration.between(span.from, span.to).toNanos() / whole;
        double least = Math.max(width, Gantt.WIDTH_LEAST);
        return new Bar(percent(Math.min(left, 100 - least)), percent(least), tone, text, line);
    }

    private static Lane lane(String name, boolean nested, List<Bar> bars, List<Span> spans, String what) {
        Duration all = spans.stream().map(s -> Duration.between(s.from, s.to)).reduce(Duration.ZERO, Duration::plus);
        String text = what + ": " + Words.plural(bars.size(), "bar") + ", " + Display.duration(all);
        return new Lane(name, nested, bars, Display.duration(all), text);
    }

    private Instant at(Instant instant) {
        return instant.isBefore(from) ? from : instant.isAfter(to) ? to : instant;
    }

    private Instant end(Call call) {
        return call.end == null ? to : at(call.end.at());
    }

    private static String id(Call call) {
        return call.start.data().text("tool_use_id").orElse("");
    }

    private static String tool(Call call) {
        return call.start.data().text("tool_name").orElse("tool");
    }

    /** A parent that was never seen is no parent: the call would have no place. */
    private String parent(Call call) {
        String parent = call.start.data().text("parent_tool_use_id").orElse(null);
        return parent != null && byId.containsKey(parent) && !parent.equals(id(call)) ? parent : null;
    }

    private static String took(Span span) {
        return Display.duration(Duration.between(span.from, span.to));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }
}
