package io.fourfold.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
