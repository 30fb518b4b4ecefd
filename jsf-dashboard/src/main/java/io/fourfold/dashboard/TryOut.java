package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.expression.Bindings;
import io.fourfold.expression.Context;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.ExpressionFault;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An expression that is tried out.
 *
 * @param about   the id of a record, a record as JSON, or the variables of the context as JSON
 * @param outcome null while nothing was tried
 */
public record TryOut(String context, String expression, String about, Outcome outcome) {

    /**
     * What it came to.
     *
     * @param value JSON; null when it came to nothing
     * @param type  of the value, in a word
     * @param field of the form that is wrong, or null
     * @param fault in words, or null
     * @param caret the expression with a caret under the fault, or null
     */
    public record Outcome(String value, String type, String field, String fault, String caret) {}

    /** A way to fill in the context; {@code bound} is what may be asked there. */
    public record Option(String wire, String bound, boolean chosen) {}

    private static final String RECORD = "record";

    static TryOut blank() {
        return new TryOut(
                Context.ROUTING.wire(),
                "record.act == 'INTEND' && has(record.body.goal)",
                "{\n  \"act\": \"INTEND\",\n  \"body\": {\"goal\": \"Say hello\"}\n}",
                null);
    }

    /** @param find a record by its id, as it was written */
    TryOut evaluated(Expressions expressions, Facts facts, Function<String, Optional<Entry>> find) {
        return new TryOut(context, expression, about, outcome(expressions, facts, find));
    }

    private Outcome outcome(Expressions expressions, Facts facts, Function<String, Optional<Entry>> find) {
        Optional<Context> known = Context.of(context);
        if (known.isEmpty()) {
            return wrong("context", "expected one of " + Context.names() + ", but was " + context);
        }
        try {
            Map<String, Object> variables = variables(known.get(), find);
            Object value = expressions.formula(known.get(), expression).value(variables, facts);
            return new Outcome(Pretty.of(value), type(value), null, null, null);
        } catch (ExpressionFault fault) {
            String caret = Caret.under(expression, fault.line(), fault.column());
            return new Outcome(null, null, "expression", fault.getMessage(), caret);
        } catch (ExpressionFailure failure) {
            return wrong("expression", failure.getMessage());
        } catch (InvalidRecord wrong) {
            String place = wrong.field().isEmpty() || wrong.field().equals("body") ? "record" : wrong.field();
            return wrong(place, wrong.getMessage());
        } catch (IllegalArgumentException wrong) {
            return wrong(null, wrong.getMessage());
        }
    }

    private static Outcome wrong(String field, String fault) {
        return new Outcome(null, null, field, fault, null);
    }

    private Map<String, Object> variables(Context known, Function<String, Optional<Entry>> find) {
        String text = about.strip();
        if (text.isEmpty()) {
            return Map.of();
        }
        List<String> names = Arrays.stream(known.bound().split(", "))
                .filter(name -> !name.endsWith("()"))
                .toList();
        if (text.matches("[0-9a-fA-F]{64}")) {
            if (!names.contains(RECORD)) {
                throw new IllegalArgumentException(known.wire() + " knows no record: expected its variables as JSON");
            }
            Entry entry = find.apply(text)
                    .orElseThrow(() -> new InvalidRecord(RECORD, "expected the id of a record, but none has this one"));
            return Map.of(RECORD, Bindings.record(entry));
        }
        JsonNode json = Json.parse(text).tree();
        boolean variables = names.stream().anyMatch(json::has) || !names.contains(RECORD);
        return Bindings.of(
                known, variables ? json : JsonNodeFactory.instance.objectNode().set(RECORD, json));
    }

    private static String type(Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean truth -> "true or false";
            case Number number -> "a number";
            case String text -> "text";
            case List<?> list -> "a list of " + list.size();
            case Map<?, ?> map -> "a map of " + map.size();
            default -> "";
        };
    }

    public List<Option> options() {
        return Arrays.stream(Context.values())
                .map(c -> new Option(c.wire(), c.bound(), c.wire().equals(context)))
                .toList();
    }
}
