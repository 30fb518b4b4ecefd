package io.fourfold.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes events as record bodies and reads them back; the wire name is chosen once and stands in {@code kind}. An event
 * {@code execution.*} is one only on a thread {@code th_execution.*}: anyone may write that kind anywhere else.
 */
public final class EventCodec<E> {

    private static final String PREFIX = "th_";

    private final Map<String, Class<? extends E>> types;
    private final Map<Class<?>, String> kinds = new HashMap<>();

    public EventCodec(Map<String, Class<? extends E>> types) {
        this.types = Map.copyOf(types);
        types.forEach((kind, type) -> kinds.put(type, kind));
    }

    public Json write(E event) {
        ObjectNode body = Wire.MAPPER.valueToTree(event);
        body.put("kind", kinds.get(event.getClass()));
        return Json.of(body);
    }

    /** The event in an entry; empty when its kind is not one of ours, or its thread is none. */
    public Optional<E> read(Entry entry) {
        Class<? extends E> type = types.get(entry.kind());
        if (type == null || !isAtHome(entry)) {
            return Optional.empty();
        }
        return Optional.of(read(entry, type));
    }

    private static <T> T read(Entry entry, Class<T> type) {
        return entry.body().as(type, () -> decoded(entry, type));
    }

    private static <T> T decoded(Entry entry, Class<T> type) {
        try {
            return Wire.MAPPER.treeToValue(entry.body().tree(), type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Entry " + entry.id() + " is not a readable " + entry.kind(), broken);
        }
    }

    /** Whether there is an event in it, without reading it. */
    public boolean isOne(Entry entry) {
        return types.containsKey(entry.kind()) && isAtHome(entry);
    }

    private static boolean isAtHome(Entry entry) {
        String kind = entry.kind();
        return entry.thread().value().regionMatches(PREFIX.length(), kind, 0, kind.indexOf('.') + 1);
    }

    public Set<String> kinds() {
        return types.keySet();
    }
}
