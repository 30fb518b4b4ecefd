package io.fourfold.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.values.NullValue;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The variables of a record as expressions see them. */
public final class Bindings {

    private Bindings() {}

    /** The eight fields, and what only the store knows: id, position, version, namespace, recorded_at (a timestamp). */
    public static Map<String, Object> record(Entry entry) {
        Map<String, Object> record = record(entry.draft(), entry.namespace());
        record.put("id", entry.id().hex());
        record.put("position", entry.position());
        record.put("version", entry.version());
        record.put("recorded_at", entry.recordedAt());
        return record;
    }

    /** A record that is not stored yet: what only the store knows is not there, nor a clock that it would assign. */
    public static Map<String, Object> record(Draft draft, String namespace) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("thread", draft.thread().value());
        record.put("actor", draft.actor().value());
        record.put("act", draft.act().name());
        record.put("namespace", namespace);
        record.put("body", plain(draft.body().tree()));
        record.put("data_type", draft.dataType().name());
        record.put("parents", draft.parents().stream().map(EntryId::hex).toList());
        if (draft.clock() != null) {
            record.put("clock", draft.clock());
        }
        if (draft.judgedBy() != null) {
            record.put("judged_by", draft.judgedBy().hex());
        }
        return record;
    }

    /**
     * The variables of a context as JSON has them, for trying an expression out; {@code recorded_at} is a timestamp.
     *
     * @throws IllegalArgumentException that names the variable, for one that the context does not bind or that is of
     *     another type
     */
    public static Map<String, Object> of(Context context, JsonNode bindings) {
        Map<String, Object> variables = new LinkedHashMap<>();
        bindings.properties().forEach(field -> {
            CelType type = context.variables().get(field.getKey());
            if (type == null) {
                throw new IllegalArgumentException(field.getKey() + ": expected one of "
                        + new TreeSet<>(context.variables().keySet()) + ", but this variable is unknown");
            }
            variables.put(field.getKey(), typed(field.getKey(), type, field.getValue()));
        });
        return variables;
    }

    private static Object typed(String name, CelType type, JsonNode node) {
        return switch (type.kind()) {
            case MAP -> object(name, expected(node.isObject(), name, "an object", node));
            case LIST -> {
                List<Object> list = new ArrayList<>();
                for (JsonNode element : expected(node.isArray(), name, "an array of objects", node)) {
                    list.add(object(name, expected(element.isObject(), name + "[]", "an object", element)));
                }
                yield list;
            }
            case DOUBLE -> expected(node.isNumber(), name, "a number", node).doubleValue();
            default -> expected(node.isTextual(), name, "text", node).textValue();
        };
    }

    private static JsonNode expected(boolean holds, String name, String what, JsonNode node) {
        if (!holds) {
            throw new IllegalArgumentException(
                    name + ": expected " + what + ", but was " + Plain.shortened(node.toString()));
        }
        return node;
    }

    private static Map<String, Object> object(String name, JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
        if (map.get("recorded_at") instanceof String at) {
            try {
                map.put("recorded_at", Instant.parse(at));
            } catch (DateTimeException wrong) {
                throw new IllegalArgumentException(
                        name + ".recorded_at: expected a time such as 2026-03-01T12:00:00Z, but was " + at, wrong);
            }
        }
        return map;
    }

    /** JSON as CEL sees it: whole numbers are {@code Long}, null is CEL's own. */
    public static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case OBJECT -> {
                Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
                node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
        };
    }

    /** An {@code if}, because a conditional expression would make a double of both. */
    private static Object number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.doubleValue();
    }
}
