package io.fourfold.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path such as {@code pull_request.labels[0].name} in a body. */
final class JsonPath {

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

    private JsonPath() {}

    /** Missing when there is nothing. */
    static JsonNode at(JsonNode body, String path) {
        JsonNode at = body;
        Matcher step = STEP.matcher(path);
        while (step.find() && !at.isMissingNode()) {
            at = step.group(1) == null ? at.path(Integer.parseInt(step.group(2))) : at.path(step.group(1));
        }
        return at == null ? MissingNode.getInstance() : at;
    }

    /** Text as it is, anything else as JSON. */
    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    static boolean isEmpty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isEmpty()
                || value.isContainerNode() && value.isEmpty();
    }
}
