package io.fourfold.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fourfold.log.Refusal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads request bodies strictly: an unknown field, a wrong type or broken JSON is refused with its place. */
final class Body {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int SHOWN_MAX_CHARS = 60;

    private Body() {}

    static <T> T read(String text, Class<T> type) {
        if (text == null || text.isBlank()) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "body: expected a JSON object, but it was empty");
        }
        JsonNode tree = tree(text);
        if (!tree.isObject()) {
            throw wrong(
                    "body",
                    "a JSON object, but it was of type "
                            + tree.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        whole("", tree);
        try {
            return Answer.MAPPER.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException unknown) {
            throw wrong(path(unknown), "one of " + unknown.getKnownPropertyIds() + ", but this field is unknown");
        } catch (JsonMappingException wrong) {
            String place = wrong.getPath().isEmpty() ? "body" : path(wrong);
            throw wrong(place, expected(wrong) + ", but was " + shown(tree, wrong));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return STRICT.readTree(text);
        } catch (MismatchedInputException more) {
            throw wrong("body", "one JSON object, but there is more after it");
        } catch (JsonProcessingException broken) {
            throw wrong("body", "JSON, but " + place(broken) + broken.getOriginalMessage());
        }
    }

    /** No text with U+0000, which no storage takes, and no list with nothing in a place. */
    private static void whole(String path, JsonNode node) {
        if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
            throw wrong(path, "text without U+0000, but there is one");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (node.get(i).isNull()) {
                throw wrong(path + "[" + i + "]", "a value, but was null");
            }
            whole(path + "[" + i + "]", node.get(i));
        }
        node.properties()
                .forEach(field ->
                        whole(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
    }

    private static String expected(JsonMappingException wrong) {
        Class<?> type = wrong instanceof MismatchedInputException mismatched ? mismatched.getTargetType() : null;
        if (type == null
                || type == BigDecimal.class
                || type.isPrimitive() && type != boolean.class
                || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    /** What came in its place, shortened. */
    private static String shown(JsonNode tree, JsonMappingException wrong) {
        JsonNode node = tree;
        for (JsonMappingException.Reference step : wrong.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        String text = node.toString();
        return text.length() > SHOWN_MAX_CHARS ? text.substring(0, SHOWN_MAX_CHARS) + "…" : text;
    }

    /** Nowhere for what is too deep or too long. */
    private static String place(JsonProcessingException broken) {
        JsonLocation at = broken.getLocation();
        return at == null ? "" : "at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    /** The value, or a refusal that names the field. */
    static <T> T required(String field, T value) {
        if (value == null) {
            throw new Refused(Refusal.Code.INVALID_INPUT, field + ": expected a value, but it is missing");
        }
        return value;
    }

    static Refused wrong(String field, String expected) {
        return new Refused(Refusal.Code.INVALID_INPUT, field + ": expected " + expected);
    }

    private static String path(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
    }
}
