package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Display;
import io.fourfold.log.Entry;
import io.fourfold.telemetry.Observation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the live log. {@code live.js} writes the same lines out of the frames of the stream: change both.
 *
 * @param id     {@code r} and the version of a record, or {@code o} and the number of an observation
 * @param tone   {@code record, tool, said, failed, quiet}
 * @param record the id of the record, or null
 * @param fact   the first words, said loudly
 */
public record LogLine(String id, Moment at, String kind, String tone, String record, String fact, String text) {

    /** Characters of one line. */
    static final int TEXT_MAX = 400;

    /** What of a tool's input says best what it does; the preview may be cut off, so it is not parsed as JSON. */
    private static final Pattern INPUT = Pattern.compile(
            "\"(?:command|file_path|path|pattern|query|url|description|prompt)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)");

    private static final List<String> WORDS =
            List.of("reason", "exit_code", "message", "text", "input_preview", "output_preview");

    static String idOf(Observation o) {
        return "o" + o.seq();
    }

    static LogLine of(Entry entry, Instant now) {
        JsonNode body = entry.body().tree();
        String kind = entry.kind();
        boolean failed = kind.startsWith("execution.failed.");
        JsonNode result = body.path("result");
        List<String> words = words(result.isObject() ? result : body);
        if (kind.startsWith("execution.queued.")) {
            words = List.of(Words.plural(body.path("plan").path("phases").size(), "phase") + " of "
                    + body.path("plan").path("workflow_name").asText() + ", by "
                    + Words.actor(entry.draft().actor().value()));
        }
        return new LogLine(
                "r" + entry.version(),
                Moment.of(entry.recordedAt(), now),
                Words.kind(kind),
                failed ? "failed" : "record",
                entry.id().hex(),
                body.path("phase_id").asText(""),
                cut(String.join(" · ", words)));
    }

    static LogLine of(Observation o, Instant now) {
        JsonNode data = o.data().tree();
        String kind = Words.seen(o.type());
        String tone =
                switch (o.type()) {
                    case TOOL_FAILED, TOOL_BLOCKED, ERROR -> "failed";
                    case STREAM_CHUNK, THINKING, PROMPT_SUBMITTED, OTLP -> "quiet";
                    case MESSAGE -> "said";
                    case TOOL_STARTED,
                            TOOL_COMPLETED,
                            TOKENS_USED,
                            SUBAGENT_STARTED,
                            SUBAGENT_STOPPED,
                            GIT_COMMIT,
                            GIT_PUSH,
                            GIT_OPERATION,
                            SESSION_SUMMARY,
                            SECURITY_DECISION,
                            CONTEXT_COMPACTED -> "tool";
                };
        String fact = data.path("tool_name").asText(data.path("agent_name").asText(""));
        return new LogLine(
                idOf(o), Moment.of(o.at(), now), kind, tone, null, fact, cut(String.join(" · ", words(data))));
    }

    private static List<String> words(JsonNode data) {
        List<String> words = new ArrayList<>();
        if (data.has("input_tokens")) {
            words.add("in " + Words.whole(data.path("input_tokens").asLong()));
            words.add("out " + Words.whole(data.path("output_tokens").asLong()));
            words.add("cache read " + Words.whole(data.path("cache_read_tokens").asLong()));
        }
        if (data.hasNonNull("cost_usd")) {
            words.add(Display.cost(new BigDecimal(data.path("cost_usd").asText())));
        }
        if (data.hasNonNull("duration_ms")) {
            words.add(
                    Display.duration(Duration.ofMillis(data.path("duration_ms").asLong())));
        }
        for (String field : WORDS) {
            if (data.hasNonNull(field) && !data.path(field).asText().isBlank()) {
                words.add((field.equals("exit_code") ? "exit " : "")
                        + preview(data.path(field).asText()));
            }
        }
        return words;
    }

    /** The telling part of a preview, on one line. */
    static String preview(String text) {
        Matcher input = text.startsWith("{") ? INPUT.matcher(text) : null;
        String told = input != null && input.find()
                ? input.group(1).replace("\\n", " ").replace("\\\"", "\"")
                : text;
        return told.replaceAll("\\s+", " ").strip();
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 1) + "…";
    }
}
