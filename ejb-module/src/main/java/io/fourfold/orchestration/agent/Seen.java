package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Json;
import io.fourfold.telemetry.ObservationType;
import java.util.function.Consumer;

/** An observation that does not yet know its execution. */
public record Seen(ObservationType type, Json data) {

    static Seen of(ObservationType type, Consumer<ObjectNode> fill) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        fill.accept(data);
        return new Seen(type, Json.of(data));
    }
}
