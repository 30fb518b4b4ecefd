package io.fourfold.intelligence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a model answers, as far as its shape goes.
 *
 * @param rule the fields of a routing rule; whether they are valid the loader of the configuration says
 */
record Proposal(ObjectNode rule, double confidence, String rationale) {

    static final int RATIONALE_CHARS_MAX = 2_000;

    private static final List<String> RULE = List.of("name", "expression", "target", "priority");
    private static final String CONFIDENCE = "confidence";
    private static final String RATIONALE = "rationale";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Why an answer is none. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }

    static Proposal read(String text) throws Unusable {
        JsonNode answer = parsed(text);
        ObjectNode rule = STRICT.createObjectNode();
        for (var field : answer.properties()) {
            if (RULE.contains(field.getKey())) {
                rule.set(field.getKey(), field.getValue());
            } else if (!field.getKey().equals(CONFIDENCE) && !field.getKey().equals(RATIONALE)) {
                throw new Unusable(Briefing.shortened(field.getKey(), 80) + ": expected one of "
                        + String.join(", ", RULE) + ", " + CONFIDENCE + ", " + RATIONALE
                        + ", but this field is unknown");
            }
        }
        JsonNode confidence = answer.path(CONFIDENCE);
        if (!confidence.isNumber() || !(confidence.asDouble() >= 0 && confidence.asDouble() <= 1)) {
            throw new Unusable("confidence: expected a number from 0 to 1, but was " + confidence);
        }
        String rationale = answer.path(RATIONALE).asText("");
        if (rationale.isBlank() || rationale.length() > RATIONALE_CHARS_MAX) {
            throw new Unusable("rationale: expected text of at most " + RATIONALE_CHARS_MAX + " characters, but it has "
                    + rationale.length());
        }
        return new Proposal(rule, confidence.asDouble(), rationale);
    }

    private static JsonNode parsed(String text) throws Unusable {
        try {
            JsonNode answer = STRICT.readTree(text.strip());
            if (answer.isObject()) {
                return answer;
            }
            throw new Unusable("expected one JSON object, but was " + Briefing.shortened(text.strip(), 80));
        } catch (JsonProcessingException broken) {
            throw new Unusable("expected one JSON object, but " + broken.getOriginalMessage());
        }
    }
}
