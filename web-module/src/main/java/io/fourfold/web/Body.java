package io.fourfold.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fourfold.log.Refusal;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads request bodies strictly: an unknown field, a wrong type or broken JSON is refused with its place. */
final class Body {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Body() {}

    static <T> T read(String text, Class<T> type) {
        if (text == null || text.isBlank()) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "body: expected a JSON object, but it was empty");
        }
        try {
            JsonNode tree = STRICT.readTree(text);
            if (!tree.isObject()) {
                throw new Refused(
                        Refusal.Code.INVALID_INPUT,
                        "body: expected a JSON object, but it was of type "
                                + tree.getNodeType().name().toLowerCase(Locale.ROOT));
            }
            return Answer.MAPPER.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException unknown) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    path(unknown) + ": expected one of " + unknown.getKnownPropertyIds()
                            + ", but this field is unknown");
        } catch (JsonMappingException wrong) {
            String place = wrong.getPath().isEmpty() ? "body" : path(wrong);
            throw new Refused(Refusal.Code.INVALID_INPUT, place + ": " + wrong.getOriginalMessage());
        } catch (JsonProcessingException broken) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    "body: expected JSON, but " + place(broken) + broken.getOriginalMessage());
        }
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
