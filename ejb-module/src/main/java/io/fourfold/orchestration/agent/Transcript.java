package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fourfold.orchestration.workspace.Lines;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An agent's output, folded line by line into observations and, at any time, a summary. Lines that are no stream-json
 * are output of a command; kinds of line that are not known are passed over. A line that comes again changes nothing.
 * Not safe for several threads.
 */
public final class Transcript {

    /** A line that the sandbox cut up is put together again up to this many characters; beyond it is plain output. */
    static final int LINE_MAX_CHARS = 32 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Tally tally;
    private final ToolCalls tools = new ToolCalls();
    private final SeenLines seenLines = new SeenLines();
    private final StringBuilder pieces = new StringBuilder();
    private String initModel;
    private String messageModel;
    private String lastText;
    private String apiError;
    private JsonNode result;
    private Instant first;
    private Instant last;

    public Transcript(Prices prices) {
        this.tally = new Tally(prices);
    }

    /** Takes a line of standard output. */
    public List<Seen> accept(String line, Instant at) {
        return accept(Stream.OUT, line, at);
    }

    /** Takes a line; {@code at} is when it came, unless the line is of a recording and says so itself. */
    public List<Seen> accept(Stream stream, String line, Instant at) {
        if (stream == Stream.ERR) {
            return List.of(Seen.chunk(stream, line));
        }
        if (!pieces.isEmpty() || (line.startsWith("{") && Lines.isPiece(line))) {
            return piece(line, at);
        }
        return whole(line, at);
    }

    private List<Seen> piece(String line, Instant at) {
        pieces.append(line);
        boolean more = Lines.isPiece(line) && pieces.length() < LINE_MAX_CHARS;
        if (more && (!line.endsWith("}") || read(pieces.toString()) == null)) {
            return List.of();
        }
        String all = pieces.toString();
        pieces.setLength(0);
        return whole(all, at);
    }

    private List<Seen> whole(String line, Instant at) {
        JsonNode node = read(line);
        if (node == null || (!node.path("type").isTextual() && !node.has("_recording"))) {
            return line.isBlank() ? List.of() : List.of(Seen.chunk(Stream.OUT, line));
        }
        if (!seenLines.isNew(node, line)) {
            return List.of();
        }
        Instant time = node.path("_offset_ms").isNumber()
                ? Instant.ofEpochMilli(node.path("_offset_ms").asLong())
                : at;
        first = first == null ? time : first;
        last = time;
        List<Seen> out = new ArrayList<>();
        switch (node.path("type").asText("")) {
            case "system" -> system(node, out);
            case "assistant" -> assistant(node, time, out);
            case "user" -> user(node, time, out);
            case "result" -> result(node, out);
            default -> {}
        }
        return out;
    }

    private void system(JsonNode node, List<Seen> out) {
        switch (node.path("subtype").asText("")) {
            case "init" -> initModel = node.path("model").asText(initModel);
            case "api_retry" ->
                out.add(Seen.error(ApiFailure.reason(node, ""), "The model API is asked again: " + node));
            case "compact_boundary" ->
                out.add(Seen.of(ObservationType.CONTEXT_COMPACTED, data -> {
                    JsonNode about = node.path("compact_metadata");
                    data.put("trigger", Text.clean(about.path("trigger").asText("auto")));
                    data.put("tokens_before", about.path("pre_tokens").asLong(0));
                }));
            default -> {}
        }
    }

    private void assistant(JsonNode node, Instant at, List<Seen> out) {
        JsonNode message = node.path("message");
        String id = message.path("id").asText("");
        String model = message.path("model").asText("unknown");
        String parent = node.path("parent_tool_use_id").textValue();
        if (messageModel == null && parent == null && !Tally.isSynthetic(model)) {
            messageModel = model;
        }
        if (node.path("error").isTextual()) {
            apiError = ApiFailure.reason(node, Text.plain(message.path("content")));
        }
        for (JsonNode block : message.path("content")) {
            String type = block.path("type").asText("");
            if (type.equals("text")) {
                lastText = parent == null ? block.path("text").asText("") : lastText;
                out.add(Seen.message("assistant", block.path("text").asText(""), id, parent));
            } else if (type.equals("thinking")) {
                String thought = Text.message(block.path("thinking").asText(""));
                out.add(Seen.of(ObservationType.THINKING, data -> data.put("text", thought)));
            } else if (type.endsWith("tool_use")) {
                tools.begin(block, parent, at, out);
            } else if (type.endsWith("tool_result")) {
                tools.end(block, at, out);
            }
        }
        tally.count(id, model, message.path("usage")).ifPresent(used -> out.add(Seen.tokens(id, used)));
    }

    private void user(JsonNode node, Instant at, List<Seen> out) {
        JsonNode content = node.path("message").path("content");
        String parent = node.path("parent_tool_use_id").textValue();
        if (content.isTextual()) {
            out.add(Seen.message("user", content.textValue(), "", parent));
        }
        for (JsonNode block : content) {
            String type = block.path("type").asText("");
            if (type.equals("text")) {
                out.add(Seen.message("user", block.path("text").asText(""), "", parent));
            } else if (type.endsWith("tool_result")) {
                tools.end(block, at, out);
            }
        }
    }

    private void result(JsonNode node, List<Seen> out) {
        result = node;
        tally.settle(node, mainModel());
        node.path("permission_denials").forEach(denial -> out.add(ToolCalls.blocked(denial)));
        Summary summary = summary();
        if (summary.sessionError() != null) {
            String text = node.path("result").asText(Text.plain(node.path("errors")));
            out.add(Seen.error(
                    summary.sessionError(),
                    text.isEmpty() ? node.path("subtype").asText("") : text));
        }
        out.add(summary.seen());
    }

    /** Tokens so far: of the result once it is there. */
    public Usage running() {
        return tally.total();
    }

    /** Our cost so far in US dollars: the sum over the priced models. */
    public BigDecimal runningCost() {
        return tally.cost();
    }

    /** What the session came to, or has come to so far. */
    public Summary summary() {
        Map<String, ModelUsage> models = tally.models();
        Boolean success = result == null ? null : !result.path("is_error").asBoolean(false);
        return new Summary(
                success,
                initModel == null ? messageModel : initModel,
                models,
                tally.total(),
                tally.cost(),
                models.values().stream()
                        .filter(used -> used.price() == null)
                        .map(ModelUsage::model)
                        .toList(),
                result == null ? null : Tally.money(result, "total_cost_usd"),
                result == null ? tally.messages() : result.path("num_turns").asInt(tally.messages()),
                durationMs(),
                result == null ? lastText : result.path("result").asText(lastText),
                tools.inOrder(),
                sessionError(success));
    }

    private String sessionError(Boolean success) {
        if (success == null || success) {
            return null;
        }
        String reason = ApiFailure.reason(result, result.path("result").asText(""));
        return reason.equals(ApiFailure.TASK) && apiError != null ? apiError : reason;
    }

    private long durationMs() {
        long seen =
                first == null ? 0 : Math.max(0, Duration.between(first, last).toMillis());
        return result == null ? seen : result.path("duration_ms").asLong(seen);
    }

    private String mainModel() {
        return initModel != null ? initModel : messageModel != null ? messageModel : "unknown";
    }

    private static JsonNode read(String line) {
        if (!line.startsWith("{")) {
            return null;
        }
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException plainText) {
            return null;
        }
    }
}
