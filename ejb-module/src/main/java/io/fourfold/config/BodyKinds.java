package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.query.BodyKind;
import io.fourfold.query.InvalidQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body kinds in force, whose paths have an index: an immutable fold of {@code th_engine_config}. The latest valid
 * record of a name wins; {@code enabled: false} removes it; one that is refused changes nothing and is listed.
 */
public record BodyKinds(Map<String, Declared> byName, List<Refused> refused) {

    public static final BodyKinds NONE = new BodyKinds(Map.of(), List.of());

    /** Kinds in force at once: each path costs every record of its kind. */
    public static final int KINDS_MAX = 32;

    private static final String TOPIC = "body_kind";

    /** @param record the id of the record that says so */
    public record Declared(String name, String namespace, String record, BodyKind kind) {}

    /** A record that the fold did not take, and why. */
    public record Refused(String record, String name, String reason) {}

    public BodyKinds {
        byName = Map.copyOf(byName);
        refused = List.copyOf(refused);
    }

    public BodyKinds fold(Entry entry) {
        boolean ours = entry.thread().equals(RoutingRules.THREAD)
                && entry.draft().act() == Act.LEARN
                && TOPIC.equals(entry.body().text("topic").orElse(null));
        if (!ours) {
            return this;
        }
        JsonNode body = entry.body().tree();
        String name = body.path("name").asText("");
        String key = entry.namespace() + "/" + name;
        Map<String, Declared> changed = new LinkedHashMap<>(byName);
        try {
            if (body.path("enabled").asBoolean(true)) {
                changed.put(
                        key, new Declared(name, entry.namespace(), entry.id().hex(), kind(body)));
            } else {
                changed.remove(key);
            }
            if (changed.size() > KINDS_MAX) {
                throw new InvalidQuery("name", "expected at most " + KINDS_MAX + " body kinds, but this is another");
            }
            return new BodyKinds(changed, refused);
        } catch (InvalidQuery wrong) {
            List<Refused> more = new ArrayList<>(refused);
            more.add(new Refused(entry.id().hex(), name, wrong.field() + ": " + wrong.getMessage()));
            return new BodyKinds(byName, more);
        }
    }

    private static BodyKind kind(JsonNode body) {
        for (String field : List.of("name", "kind")) {
            if (!body.path(field).isTextual() || body.path(field).asText().isBlank()) {
                throw new InvalidQuery(field, "expected text, but was " + body.path(field));
            }
        }
        List<String> paths = new ArrayList<>();
        if (!body.path("paths").isArray()) {
            throw new InvalidQuery("paths", "expected an array of text, but was " + body.path("paths"));
        }
        for (JsonNode path : body.path("paths")) {
            if (!path.isTextual()) {
                throw new InvalidQuery("paths", "expected text, but was " + path);
            }
            paths.add(path.textValue());
        }
        return BodyKind.of(body.path("kind").textValue(), paths);
    }

    /** What indexes are wanted for. */
    public List<BodyKind> kinds() {
        return byName.values().stream().map(Declared::kind).distinct().toList();
    }
}
