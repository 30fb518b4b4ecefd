package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.EventStream.Frame;
import io.fourfold.cli.Shown;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a stream of events says about an execution so far. */
final class Progress {

    static final int LAST_LINES_MAX = 20;
    private static final int NOTE_MAX_CHARS = 60;

    private final Map<String, PhaseLine> phases = new LinkedHashMap<>();
    private JsonNode end;

    /** One phase's line. */
    private static final class PhaseLine {
        private String status = "pending";
        private String note = "";
        private int tools;
        private final Map<String, Long> tokensByMessage = new HashMap<>();
        private String cost = "";
        private final Deque<String> lastLines = new ArrayDeque<>();

        private long tokens() {
            return tokensByMessage.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The line that tells this step where there is no screen; null when it is not worth one. */
    String apply(Frame frame) {
        JsonNode data = frame.data();
        String phaseId = data.path("phase_id").asText("");
        return switch (frame.event()) {
            case "snapshot" -> {
                data.path("phases")
                        .forEach(phase -> phase(phase.path("phase_id").asText()));
                yield null;
            }
            case "state" -> state(phaseId, data);
            case "end" -> {
                end = data;
                state(phaseId, data);
                yield "execution " + data.path("status").asText("over");
            }
            case "tool" -> tool(phaseId, data);
            case "tokens" -> {
                tokens(phase(phaseId), data);
                yield null;
            }
            case "message" -> said(phaseId, data);
            case "chunk" -> {
                keep(phase(phaseId), data.path("text").asText());
                yield phaseId + " | " + data.path("text").asText();
            }
            default -> null;
        };
    }

    private PhaseLine phase(String id) {
        return phases.computeIfAbsent(id, name -> new PhaseLine());
    }

    /** Every kind of event of an execution reads {@code execution.phase_started.v1}. */
    private String state(String phaseId, JsonNode data) {
        String kind =
                data.path("kind").asText("").replaceFirst("^execution\\.", "").replaceFirst("\\.v\\d+$", "");
        String status =
                switch (kind) {
                    case "phase_started" -> "running";
                    case "phase_completed" -> "completed";
                    case "failed", "cancelled", "interrupted" -> kind;
                    default -> "";
                };
        if (!phaseId.isEmpty() && !status.isEmpty()) {
            phase(phaseId).status = status;
            phase(phaseId).note = "";
        }
        if (kind.isEmpty()) {
            return "execution " + data.path("status").asText();
        }
        return (phaseId.isEmpty() ? "execution" : phaseId) + " " + kind.replace('_', ' ');
    }

    private String tool(String phaseId, JsonNode data) {
        String name = data.path("tool_name").asText(data.path("agent_name").asText("tool"));
        switch (data.path("type").asText()) {
            case "tool_started" -> {
                phase(phaseId).tools++;
                phase(phaseId).note = name;
                return phaseId + " uses " + name;
            }
            case "tool_failed", "tool_blocked" -> {
                return phaseId + " " + data.path("type").asText().replace('_', ' ') + ": " + name;
            }
            default -> {
                return null;
            }
        }
    }

    private static void tokens(PhaseLine phase, JsonNode data) {
        if (data.hasNonNull("cost_usd")) {
            boolean summary = data.path("type").asText().equals("session_summary");
            phase.cost = summary
                    ? data.get("cost_usd").asText()
                    : sum(phase.cost, data.get("cost_usd").asText());
        }
        if (data.has("message_id")) {
            long count = data.path("input_tokens").asLong()
                    + data.path("output_tokens").asLong()
                    + data.path("cache_creation_tokens").asLong()
                    + data.path("cache_read_tokens").asLong();
            phase.tokensByMessage.merge(data.get("message_id").asText(), count, Math::max);
        }
    }

    private static String sum(String before, String more) {
        try {
            return before.isEmpty()
                    ? more
                    : new BigDecimal(before).add(new BigDecimal(more)).toPlainString();
        } catch (NumberFormatException unpriced) {
            return before;
        }
    }

    private String said(String phaseId, JsonNode data) {
        String text = data.path("text").asText();
        if (!data.path("role").asText().equals("assistant") || text.isBlank()) {
            return null;
        }
        text.lines().forEach(line -> keep(phase(phaseId), line));
        phase(phaseId).note = shortened(text);
        return phaseId + " says: " + shortened(text);
    }

    private static void keep(PhaseLine phase, String line) {
        phase.lastLines.addLast(line);
        if (phase.lastLines.size() > LAST_LINES_MAX) {
            phase.lastLines.removeFirst();
        }
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= NOTE_MAX_CHARS ? line : line.substring(0, NOTE_MAX_CHARS - 1) + "…";
    }

    /** One line for each phase. */
    List<String> board() {
        int width = phases.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        phases.forEach((id, phase) -> lines.add("%s %s  %-11s %3d tools %7s tokens %8s  %s"
                .formatted(
                        mark(phase.status),
                        id + " ".repeat(width - id.length()),
                        phase.status,
                        phase.tools,
                        Shown.tokens(phase.tokens()),
                        phase.cost.isEmpty() ? "" : Shown.money(phase.cost),
                        phase.note)
                .stripTrailing()));
        return lines;
    }

    private static String mark(String status) {
        return switch (status) {
            case "completed" -> "✓";
            case "running" -> "▶";
            case "pending" -> "·";
            default -> "✗";
        };
    }

    /** Why it did not complete: phase, reason, exit code, and the last lines of that phase. */
    List<String> failure(JsonNode execution) {
        JsonNode last = end == null ? execution : end;
        String phaseId = first(last.path("phase_id"), execution.path("failed_phase"));
        String reason =
                first(last.path("reason"), execution.path("failure_reason")).toLowerCase(Locale.ROOT);
        String exitCode = first(last.path("exit_code"), execution.path("exit_code"));
        String message = first(execution.path("error_message"), last.path("message"));
        List<String> lines = new ArrayList<>();
        lines.add("Execution " + execution.path("workflow_execution_id").asText() + " "
                + execution.path("status").asText() + (phaseId.isEmpty() ? "" : " in phase " + phaseId)
                + (reason.isEmpty() ? "" : ", reason " + reason)
                + (exitCode.isEmpty() ? "" : ", exit code " + exitCode));
        message.lines().forEach(line -> lines.add("  " + line));
        Deque<String> said = phases.containsKey(phaseId) ? phases.get(phaseId).lastLines : new ArrayDeque<>();
        said.stream().filter(line -> !message.contains(line.strip())).forEach(line -> lines.add("  | " + line));
        return lines;
    }

    private static String first(JsonNode one, JsonNode other) {
        return one.asText("").isEmpty() || one.isNull() ? other.isNull() ? "" : other.asText("") : one.asText();
    }
}
