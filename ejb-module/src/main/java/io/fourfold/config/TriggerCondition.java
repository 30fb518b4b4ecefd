package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What must be so at a path of an event.
 *
 * @param path   for example {@code check_run.pull_requests[0].number}
 * @param values what it is compared with: one, several for {@code in} and {@code not_in}, none for the empty ones
 */
public record TriggerCondition(String path, Operator operator, List<JsonNode> values) {

    public enum Operator {
        EQ,
        NEQ,
        IN,
        NOT_IN,
        CONTAINS,
        NOT_EMPTY,
        IS_EMPTY
    }

    static final Pattern PATH =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}(\\[\\d{1,4}]|\\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,15}");
    static final String A_PATH = "a path such as pull_request.labels[0].name";

    public TriggerCondition {
        values = List.copyOf(values);
    }

    static TriggerCondition read(Fields fields) {
        String path = fields.matching("field", PATH, A_PATH);
        Operator operator = fields.oneOf("operator", Operator.class, null);
        List<JsonNode> values =
                switch (operator) {
                    case EQ, NEQ, CONTAINS -> List.of(one(fields));
                    case IN, NOT_IN -> several(fields);
                    case NOT_EMPTY, IS_EMPTY -> {
                        fields.absent("value", "with operator " + Fields.wireName(operator));
                        yield List.of();
                    }
                };
        fields.end();
        return new TriggerCondition(path, operator, values);
    }

    private static JsonNode one(Fields fields) {
        JsonNode value = fields.value("value");
        if (!isPlain(value)) {
            throw fields.wrong("value", "text, a number, true or false");
        }
        return value;
    }

    private static List<JsonNode> several(Fields fields) {
        List<JsonNode> values = new ArrayList<>();
        fields.value("value").forEach(values::add);
        if (values.isEmpty()
                || values.size() > Fields.ITEMS_MAX
                || !values.stream().allMatch(TriggerCondition::isPlain)) {
            throw fields.wrong("value", "an array of 1 to " + Fields.ITEMS_MAX + " texts, numbers, true or false");
        }
        return values;
    }

    private static boolean isPlain(JsonNode value) {
        return value.isTextual() || value.isNumber() || value.isBoolean();
    }
}
