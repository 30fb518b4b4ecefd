package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.telemetry.ObservationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tool calls of one session: each begins once and ends at most once. */
final class ToolCalls {

    private static final Set<String> SUBAGENT_TOOLS = Set.of("Task", "Agent");

    private record Call(String name, String agent, Instant since, boolean ended) {
        Call end() {
            return new Call(name, agent, since, true);
        }
    }

    private final Map<String, Call> calls = new HashMap<>();
    private final List<String> inOrder = new ArrayList<>();

    List<String> inOrder() {
        return List.copyOf(inOrder);
    }

    void begin(JsonNode use, String parent, Instant at, List<Seen> out) {
        String id = use.path("id").asText("");
        String name = use.path("name").asText("unknown");
        String agent = SUBAGENT_TOOLS.contains(name) ? agentName(use.path("input"), name) : null;
        if (calls.putIfAbsent(id, new Call(name, agent, at, false)) != null) {
            return;
        }
        inOrder.add(name);
        out.add(Seen.of(ObservationType.TOOL_STARTED, data -> {
            named(data, id, name);
            data.put("input_preview", Text.preview(use.path("input")));
            if (parent != null) {
                data.put("parent_tool_use_id", parent);
            }
        }));
        if (agent != null) {
            out.add(Seen.of(ObservationType.SUBAGENT_STARTED, data -> subagent(data, id, agent)));
        }
    }

    void end(JsonNode result, Instant at, List<Seen> out) {
        String id = result.path("tool_use_id").asText("");
        Call call = calls.getOrDefault(id, new Call("unknown", null, at, false));
        if (call.ended()) {
            return;
        }
        calls.put(id, call.end());
        boolean failed = result.path("is_error").asBoolean(false);
        long millis = Math.max(0, Duration.between(call.since(), at).toMillis());
        out.add(Seen.of(failed ? ObservationType.TOOL_FAILED : ObservationType.TOOL_COMPLETED, data -> {
            named(data, id, call.name());
            data.put("duration_ms", millis);
            data.put("output_preview", Text.preview(result.path("content")));
        }));
        if (call.agent() != null) {
            out.add(Seen.of(ObservationType.SUBAGENT_STOPPED, data -> {
                subagent(data, id, call.agent());
                data.put("duration_ms", millis);
                data.put("success", !failed);
            }));
        }
    }

    static Seen blocked(JsonNode denial) {
        return Seen.of(ObservationType.TOOL_BLOCKED, data -> {
            named(
                    data,
                    denial.path("tool_use_id").asText(""),
                    denial.path("tool_name").asText("unknown"));
            data.put("reason", "permission denied");
        });
    }

    private static void named(ObjectNode data, String id, String name) {
        data.put("tool_name", Text.clean(name));
        data.put("tool_use_id", Text.clean(id));
    }

    private static void subagent(ObjectNode data, String id, String agent) {
        data.put("agent_name", Text.clean(agent));
        data.put("tool_use_id", Text.clean(id));
    }

    private static String agentName(JsonNode input, String tool) {
        return input.path("subagent_type").asText(input.path("description").asText(tool));
    }
}
