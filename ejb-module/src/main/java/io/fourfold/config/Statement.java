package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Entry;
import java.util.List;
import java.util.regex.Pattern;

/** What a record of {@code th_engine_config} says of a rule. */
sealed interface Statement {

    Identity identity();

    /** From now on this is in force. */
    record Says(Identity identity, Topic<?> topic, Object value) implements Statement {}

    /** From now on nothing is: it is not enabled, or removed. */
    record Ends(Identity identity) implements Statement {}

    String TOPIC = "topic";
    String NAME = "name";
    String NAMESPACE = "namespace";
    String ENABLED = "enabled";
    String REMOVED = "removed";

    /** Of a topic or name that is kept; what is longer is not valid. */
    int CHARS_MAX = 200;

    Pattern A_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@%*+-]{0,199}");

    /** Which rule a record is about, whatever else is wrong with it. */
    static Identity about(String namespace, JsonNode body) {
        String topic = Fields.shortened(body.path(TOPIC).asText(), CHARS_MAX);
        boolean named = Topic.of(topic).map(t -> t.reach() == Topic.Reach.NAMED).orElse(true);
        String name = body.path(NAME).asText(named || body.has(NAME) ? "" : Topic.ONLY_NAME);
        return new Identity(topic, namespace, Fields.shortened(name, CHARS_MAX));
    }

    /**
     * Reads all of it. What is removed may have had any topic and name, so that nothing stays listed for ever.
     *
     * @throws ConfigFault for the first field that is not as it must be
     */
    static Statement read(String namespace, JsonNode body, Expressions expressions) {
        Fields fields = new Fields(body, expressions);
        List.of(TOPIC, NAME, NAMESPACE).forEach(fields::value);
        Identity identity = about(namespace, body);
        boolean enabled = fields.flag(ENABLED, true);
        if (fields.flag(REMOVED, false)) {
            fields.end();
            return new Ends(identity);
        }
        Topic<?> topic = Topic.of(fields.text(TOPIC))
                .orElseThrow(() -> fields.wrong(TOPIC, "one of " + String.join(", ", Topic.wireNames())));
        check(fields, topic, identity);
        if (!enabled) {
            return new Ends(identity);
        }
        Object value = topic.read().apply(fields);
        fields.end();
        return new Says(identity, topic, value);
    }

    private static void check(Fields fields, Topic<?> topic, Identity identity) {
        switch (topic.reach()) {
            case NAMED -> fields.matching(NAME, A_NAME, "1 to 200 of A-Z a-z 0-9 . _ : @ % * + -");
            case NAMESPACE, SERVER -> {
                if (!identity.name().equals(Topic.ONLY_NAME)) {
                    throw fields.wrong(NAME, Topic.ONLY_NAME + ", for there is only one");
                }
            }
        }
        if (topic.reach() == Topic.Reach.SERVER && !identity.namespace().equals(Entry.DEFAULT_NAMESPACE)) {
            throw fields.wrong(NAMESPACE, "none, for it holds for the whole server");
        }
    }
}
