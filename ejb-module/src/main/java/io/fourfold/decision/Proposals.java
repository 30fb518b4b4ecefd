package io.fourfold.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.RoutingRule;
import io.fourfold.config.Topic;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.util.Map;
import java.util.Optional;

/** Reads what is proposed as the loader of the configuration would, perhaps edited first. */
public final class Proposals {

    private static final String TOPIC = "topic";
    private static final String ENABLED = "enabled";

    private final ConfigDesk config;

    public Proposals(ConfigDesk config) {
        this.config = config;
    }

    /**
     * {@code edit} sets fields of the proposal, and a null there takes one away; null for no edit. Valid is only what
     * would be in force.
     */
    public ConfigDesk.Checked<?> read(Json proposal, JsonNode edit) {
        Optional<Topic<?>> topic = proposal.text(TOPIC).flatMap(Topic::of);
        if (topic.isEmpty()) {
            return refused(
                    "proposal.topic",
                    "expected one of " + String.join(", ", Topic.wireNames()) + ", but was "
                            + proposal.tree().path(TOPIC));
        }
        if (Topic.GUARDING.contains(topic.get().wireName())) {
            return refused(
                    "proposal.topic",
                    "expected what may be proposed, but " + topic.get().wireName()
                            + " is added by who answers for it: fourfold config add");
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        proposal.tree().properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
        fields.remove(TOPIC);
        if (edit != null) {
            edit.properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
            edit.properties().stream()
                    .filter(field -> field.getValue().isNull())
                    .forEach(field -> fields.remove(field.getKey()));
        }
        if (fields.has(ENABLED) && !fields.path(ENABLED).asBoolean(true)) {
            return refused(ENABLED, "expected true, but was " + fields.path(ENABLED));
        }
        return config.check(topic.get(), fields);
    }

    /** The rule that would route by a proposal; empty when it is about something else. */
    public static Optional<RoutingRule> routingRule(ConfigDesk.Checked<?> checked) {
        return checked instanceof ConfigDesk.Checked.Valid<?> valid && valid.value() instanceof RoutingRule rule
                ? Optional.of(rule)
                : Optional.empty();
    }

    private static ConfigDesk.Checked<?> refused(String field, String reason) {
        return new ConfigDesk.Checked.Refused<>(
                new Refusal(Code.INVALID_INPUT, field + ": " + reason, Map.of("field", field, "reason", reason)));
    }
}
