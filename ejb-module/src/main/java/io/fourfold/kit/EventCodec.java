package io.fourfold.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Writes events as record bodies and reads them back; the wire name is chosen once and stands in {@code kind}. An event
 * {@code execution.*} is one only on a thread {@code th_execution.*}: anyone may write that kind anywhere else.
 */
public final class EventCodec<E> {

    private static final String PREFIX = "th_";

    /** How an event of an earlier version reads today: its kind now, and what its body lacks. */
    public record Upcast(String kind, UnaryOperator<ObjectNode> body) {}

    private final Map<String, Class<? extends E>> types;
    private final Map<String, Upcast> upcasts;
    private final Map<Class<?>, String> kinds = new HashMap<>();

    public EventCodec(Map<String, Class<? extends E>> types) {
        this(types, Map.of());
    }

    /** @param upcasts earlier kind to what it is today; what is written once is never rewritten */
    public EventCodec(Map<String, Class<? extends E>> types, Map<String, Upcast> upcasts) {
        this.types = Map.copyOf(types);
        this.upcasts = Map.copyOf(upcasts);
        types.forEach((kind, type) -> kinds.put(type, kind));
    }

    public Json write(E event) {
        ObjectNode body = Wire.MAPPER.valueToTree(event);
        body.put("kind", kinds.get(event.getClass()));
        return Json.of(body);
    }

    /** The event in an entry; empty when its kind is not one of ours, or its thread is none. */
    public Optional<E> read(Entry entry) {
        Upcast upcast = upcasts.get(entry.kind());
        Class<? extends E> type = types.get(upcast == null ? entry.kind() : upcast.kind());
        if (type == null || !isAtHome(entry)) {
            return Optional.empty();
        }
        return Optional.of(read(entry, type, upcast));
    }

    private static <T> T read(Entry entry, Class<T> type, Upcast upcast) {
        return entry.body().as(type, () -> decoded(entry, type, upcast));
    }

    private static <T> T decoded(Entry entry, Class<T> type, Upcast upcast) {
        try {
            ObjectNode body = (ObjectNode) entry.body().tree();
            return Wire.MAPPER.treeToValue(upcast == null ? body : upcast.body().apply(body.deepCopy()), type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Entry " + entry.id() + " is not a readable " + entry.kind(), broken);
        }
    }

    /** Whether there is an event in it, without reading it. */
    public boolean isOne(Entry entry) {
        return (types.containsKey(entry.kind()) || upcasts.containsKey(entry.kind())) && isAtHome(entry);
    }

    private static boolean isAtHome(Entry entry) {
        String kind = entry.kind();
        return entry.thread().value().regionMatches(PREFIX.length(), kind, 0, kind.indexOf('.') + 1);
    }

    /** Of today's events; see {@link #earlierKinds}. */
    public Set<String> kinds() {
        return types.keySet();
    }

    /** Kinds that are read and not written any more. */
    public Set<String> earlierKinds() {
        return upcasts.keySet();
    }
}
