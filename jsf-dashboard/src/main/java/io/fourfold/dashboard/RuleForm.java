package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.Topic;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule as it is being written, and what its check said. It is written by the button that a good answer brings.
 *
 * @param expression null where the topic has none
 * @param rest       its other fields, JSON
 * @param verdict    null while nothing was checked
 */
public record RuleForm(String topic, String name, String namespace, String expression, String rest, Verdict verdict) {

    /**
     * What a check said.
     *
     * @param field that is wrong, or null when all is well
     * @param text  in words
     * @param caret the expression with a caret under the fault, or null
     * @param body  what would be written, JSON; null when something is wrong
     */
    public record Verdict(String field, String text, String caret, String body) {

        public boolean good() {
            return body != null;
        }
    }

    static RuleForm blank(Topic<?> topic) {
        Examples example = Examples.of(topic);
        String rest = Pretty.of(Json.parse(example.rest()).tree());
        return new RuleForm(topic.wireName(), example.name(), "", example.expression(), rest, null);
    }

    /** Filled in with the body of a record. */
    static RuleForm of(JsonNode body) {
        String topic = body.path("topic").asText();
        boolean has =
                Topic.of(topic).map(Examples::of).map(Examples::expression).isPresent();
        return new RuleForm(
                topic,
                body.path("name").asText(),
                body.path("namespace").asText(),
                has ? body.path(RuleLine.EXPRESSION).asText() : null,
                Pretty.of(RuleLine.rest(body)),
                null);
    }

    /**
     * Checks it as the loader would.
     *
     * @param refusal why the fields would be refused
     * @param known   the rule of that name in force, in words
     */
    RuleForm checked(Function<JsonNode, Optional<Refusal>> refusal, Function<RuleForm, Optional<String>> known) {
        try {
            ObjectNode fields = fields();
            Optional<Refusal> refused = refusal.apply(fields);
            return with(
                    refused.isPresent()
                            ? bad(refused.get())
                            : new Verdict(
                                    null,
                                    known.apply(this).orElse("Valid. Nothing of this name is in force yet."),
                                    null,
                                    fields.toString()));
        } catch (InvalidRecord broken) {
            return with(new Verdict(broken.field(), broken.getMessage(), null, null));
        }
    }

    private Verdict bad(Refusal refusal) {
        Map<String, Object> details = refusal.details();
        String field = String.valueOf(details.getOrDefault("field", "rest"));
        String reason = String.valueOf(details.getOrDefault("reason", refusal.message()));
        boolean placed = details.get("line") instanceof Integer && field.equals(RuleLine.EXPRESSION);
        if (!placed) {
            return new Verdict(field, reason, null, null);
        }
        int line = (Integer) details.get("line");
        int column = (Integer) details.get("column");
        String where = reason + " (line " + line + ", column " + column + ")";
        return new Verdict(field, where, Caret.under(expression, line, column), null);
    }

    private ObjectNode fields() {
        ObjectNode fields = others().deepCopy();
        put(fields, "name", name);
        put(fields, "namespace", namespace);
        put(fields, RuleLine.EXPRESSION, expression == null ? "" : expression);
        return fields;
    }

    private ObjectNode others() {
        try {
            return (ObjectNode) Json.parse(rest).tree();
        } catch (InvalidRecord wrong) {
            boolean whole = wrong.field().isEmpty() || wrong.field().equals("body");
            throw new InvalidRecord(whole ? "other fields" : wrong.field(), wrong.getMessage());
        }
    }

    private static void put(ObjectNode fields, String field, String value) {
        if (value.isBlank()) {
            return;
        }
        if (fields.has(field)) {
            throw new InvalidRecord(field, "expected once, but it stands among the other fields too");
        }
        fields.put(field, value);
    }

    private RuleForm with(Verdict other) {
        return new RuleForm(topic, name, namespace, expression, rest, other);
    }
}
