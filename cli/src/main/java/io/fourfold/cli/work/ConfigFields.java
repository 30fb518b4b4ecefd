package io.fourfold.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The fields of a rule as the command line gives them. */
final class ConfigFields {

    /** Text, though it may read like something else: {@code expression=true}. */
    private static final Set<String> TEXTS = Set.of("expression", "schedule", "description");

    private ConfigFields() {}

    static ObjectNode of(Path file) {
        try {
            JsonNode read = ApiClient.JSON.readTree(Files.readString(file));
            if (read instanceof ObjectNode body) {
                return body;
            }
            throw new Exit(Exit.USAGE, file + ": expected a JSON object");
        } catch (JsonProcessingException broken) {
            throw new Exit(Exit.USAGE, file + ": expected JSON, but " + broken.getOriginalMessage());
        } catch (IOException gone) {
            throw new Exit(Exit.USAGE, "Cannot read " + file);
        }
    }

    /** {@code fields} is null for none. */
    static ObjectNode of(List<String> fields) {
        ObjectNode body = ApiClient.JSON.createObjectNode();
        for (String field : fields == null ? List.<String>of() : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new Exit(Exit.USAGE, "Expected KEY=VALUE, but was " + field);
            }
            String key = field.substring(0, equals);
            if (body.has(key)) {
                throw new Exit(Exit.USAGE, key + ": expected it once, but it is there again");
            }
            String value = field.substring(equals + 1);
            body.set(key, TEXTS.contains(key) ? new TextNode(value) : read(value));
        }
        return body;
    }

    private static JsonNode read(String value) {
        try {
            JsonNode read = ApiClient.JSON.readTree(value);
            return read.isNumber() || read.isBoolean() || read.isContainerNode() ? read : new TextNode(value);
        } catch (JsonProcessingException text) {
            return new TextNode(value);
        }
    }

    /** Sets a field that an argument names; null for none. */
    static void put(ObjectNode body, String field, String value) {
        if (value == null) {
            return;
        }
        JsonNode there = body.get(field);
        if (there != null && !there.asText().equals(value)) {
            throw new Exit(Exit.USAGE, field + ": expected " + value + ", as the command says, but was " + there);
        }
        body.put(field, value);
    }
}
