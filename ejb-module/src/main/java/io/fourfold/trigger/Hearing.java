package io.fourfold.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.Declared;
import io.fourfold.config.Trigger;
import io.fourfold.config.TriggerCondition;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.Facts;
import io.fourfold.log.Entry;
import io.fourfold.routing.Routable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Whether a record is for a trigger, and what its conditions say of it.
 *
 * @param heard      whether the record is of the kind and place it listens to
 * @param why        in words
 * @param conditions each with whether it holds; empty when it is not heard
 * @param expression null when there is none, or it was not heard
 */
public record Hearing(boolean heard, String why, List<Checked> conditions, Evaluated expression) {

    /** {@code was} is null when there is nothing at the path. */
    public record Checked(TriggerCondition condition, boolean holds, JsonNode was) {}

    /** {@code failure} is why it could not be evaluated, or null. */
    public record Evaluated(String text, boolean holds, String failure) {}

    private static final String KIND = "github.";
    private static final String VERSION = ".v1";

    public Hearing {
        conditions = List.copyOf(conditions);
    }

    /** Whether guards are asked. */
    public boolean holds() {
        return heard && conditions.stream().allMatch(Checked::holds) && (expression == null || expression.holds());
    }

    boolean failed() {
        return expression != null && expression.failure() != null;
    }

    /** @param facts asked for only when there is an expression */
    static Hearing of(Declared<Trigger> trigger, Routable record, Supplier<Facts> facts) {
        String deaf = deaf(trigger, record);
        if (deaf != null) {
            return new Hearing(false, deaf, List.of(), null);
        }
        JsonNode body = record.draft().body().tree();
        List<Checked> conditions = trigger.value().conditions().stream()
                .map(condition -> checked(condition, JsonPath.at(body, condition.path())))
                .toList();
        Evaluated expression = trigger.value()
                .when()
                .map(when -> {
                    try {
                        boolean holds = when.holds(Map.of("record", record.variables()), facts.get());
                        return new Evaluated(when.text(), holds, null);
                    } catch (ExpressionFailure cannot) {
                        return new Evaluated(when.text(), false, cannot.getMessage());
                    }
                })
                .orElse(null);
        return new Hearing(true, "it listens to this", conditions, expression);
    }

    /** Why it does not listen to a record; null when it does. Cheap, for it is asked of every record. */
    static String deaf(Declared<Trigger> trigger, Routable record) {
        if (record.draft().thread().value().startsWith("th_trigger.")) {
            return "what triggers record is no event for any";
        }
        String place = trigger.namespace();
        if (!place.equals(Entry.DEFAULT_NAMESPACE)
                && !record.namespace().equals(place)
                && !record.namespace().startsWith(place + "/")) {
            return "expected namespace " + place + " or one below, but was " + record.namespace();
        }
        return switch (trigger.value().occasion()) {
            case Trigger.Occasion.Appended any -> null;
            case Trigger.Occasion.Due due -> "it listens to a schedule";
            case Trigger.Occasion.Github github ->
                deaf(github, record.draft().body().tree());
        };
    }

    private static String deaf(Trigger.Occasion.Github github, JsonNode body) {
        String kind = body.path("kind").asText();
        boolean same = kind.equals(KIND + github.event() + VERSION)
                || github.event().indexOf('.') < 0
                        && kind.startsWith(KIND + github.event() + ".")
                        && kind.endsWith(VERSION);
        if (!same) {
            return "expected kind " + KIND + github.event() + VERSION + ", but was " + (kind.isEmpty() ? "none" : kind);
        }
        String repository = repository(body);
        return glob(github.repository()).matcher(repository).matches()
                ? null
                : "expected repository " + github.repository() + ", but was " + repository;
    }

    /** {@code owner/name} of a body, or an empty text. */
    static String repository(JsonNode body) {
        JsonNode repository = body.path("repository");
        return repository.path("full_name").asText(repository.asText());
    }

    /** GitHub's names do not depend on case. */
    private static Pattern glob(String glob) {
        StringBuilder pattern = new StringBuilder();
        glob.chars()
                .forEach(c -> pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
    }

    private static Checked checked(TriggerCondition condition, JsonNode was) {
        List<JsonNode> values = condition.values();
        boolean holds =
                switch (condition.operator()) {
                    case EQ, IN -> values.stream().anyMatch(value -> same(was, value));
                    case NEQ, NOT_IN -> values.stream().noneMatch(value -> same(was, value));
                    case CONTAINS -> contains(was, values.getFirst());
                    case NOT_EMPTY -> !JsonPath.isEmpty(was);
                    case IS_EMPTY -> JsonPath.isEmpty(was);
                };
        return new Checked(condition, holds, was.isMissingNode() ? null : was);
    }

    /** Values of different types are never equal; numbers are by what they are worth. */
    private static boolean same(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    private static boolean contains(JsonNode was, JsonNode value) {
        if (was.isTextual()) {
            return value.isTextual() && was.textValue().contains(value.textValue());
        }
        for (JsonNode item : was) {
            if (same(item, value)) {
                return was.isArray();
            }
        }
        return false;
    }
}
