package io.fourfold.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** An OpenAPI document, and whether an answer has all that it names. */
final class Contract {

    private final JsonNode document;

    Contract(Path file) {
        this(read(file));
    }

    Contract(JsonNode document) {
        this.document = document;
    }

    /** @param method in capitals; @param path as the contract writes it */
    record Operation(String method, String path, int status, JsonNode content) {

        boolean streams() {
            return path.startsWith("/sse/") && !path.equals("/sse/health");
        }

        /** The same for documents that call the parameters otherwise. */
        String shape() {
            return Contract.shape(method, path);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> method.getValue().path("responses").properties().stream()
                        .filter(answer -> answer.getKey().startsWith("2"))
                        .forEach(answer -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                Integer.parseInt(answer.getKey()),
                                answer.getValue().path("content"))))));
        return operations;
    }

    /** Every method of every path, whatever it answers. */
    Set<String> shapes() {
        Set<String> shapes = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> shapes.add(shape(method.toUpperCase(Locale.ROOT), path.getKey()))));
        return shapes;
    }

    static String shape(String method, String path) {
        return method + " " + path.replaceAll("\\{[^}]+}", "{}").replaceFirst("(?<=.)/$", "");
    }

    /** What the answer lacks or has of another type, each with its place. */
    List<String> differences(Operation operation, JsonNode answer) {
        List<String> found = new ArrayList<>();
        check(operation.content().path("application/json").path("schema"), answer, "answer", found);
        return found;
    }

    private void check(JsonNode schema, JsonNode value, String place, List<String> found) {
        if (schema.has("$ref")) {
            check(document.at(schema.get("$ref").asText().substring(1)), value, place, found);
            return;
        }
        if (schema.has("anyOf")) {
            checkAny(schema.get("anyOf"), value, place, found);
            return;
        }
        String type = schema.path("type").asText("");
        if (!fits(type, value)) {
            found.add(place + ": expected " + type + ", but was " + value);
        } else if (schema.has("enum") && !has(schema.get("enum"), value)) {
            found.add(place + ": expected one of " + schema.get("enum") + ", but was " + value);
        } else if (type.equals("array")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), place + "[" + i + "]", found);
            }
        } else if (type.equals("object")) {
            schema.path("properties").properties().forEach(property -> {
                String child = place + "." + property.getKey();
                JsonNode there = value.get(property.getKey());
                if (there == null) {
                    found.add(child + ": expected to be there, but it is missing");
                } else {
                    check(property.getValue(), there, child, found);
                }
            });
        }
    }

    /** The alternative with the fewest differences speaks; none of them fitting is one. */
    private void checkAny(JsonNode alternatives, JsonNode value, String place, List<String> found) {
        List<String> best = null;
        for (JsonNode alternative : alternatives) {
            List<String> some = new ArrayList<>();
            check(alternative, value, place, some);
            best = best == null || some.size() < best.size() ? some : best;
        }
        found.addAll(best);
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            case "" -> true;
            default -> throw new IllegalStateException("Expected a JSON type, but was " + type);
        };
    }

    private static boolean has(JsonNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode read(Path file) {
        try {
            return TestServer.JSON.readTree(file.toFile());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
