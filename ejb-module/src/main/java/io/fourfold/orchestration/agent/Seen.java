package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import io.fourfold.telemetry.ObservationType;
import java.util.function.Consumer;

/** An observation that does not yet know its execution. */
public record Seen(ObservationType type, Json data) {

    static Seen of(ObservationType type, Consumer<ObjectNode> fill) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        fill.accept(data);
        return new Seen(type, Json.of(data));
    }

    static Seen message(String role, String text, String id, String parent) {
        return of(ObservationType.MESSAGE, data -> {
            data.put("role", role);
            data.put("text", Text.message(text));
            if (!id.isEmpty()) {
                data.put("message_id", Text.clean(id));
            }
            if (parent != null) {
                data.put("parent_tool_use_id", Text.clean(parent));
            }
        });
    }

    static Seen tokens(String messageId, ModelUsage used) {
        return of(ObservationType.TOKENS_USED, data -> {
            data.put("message_id", Text.clean(messageId));
            data.put("model", Text.clean(used.model()));
            used.writeTo(data);
        });
    }

    static Seen error(String reason, String text) {
        return of(ObservationType.ERROR, data -> data.put("reason", reason).put("text", Text.message(text)));
    }

    static Seen chunk(Stream stream, String line) {
        String name = stream == Stream.OUT ? "out" : "err";
        return of(ObservationType.STREAM_CHUNK, data -> data.put("text", Text.message(line))
                .put("stream", name));
    }
}
