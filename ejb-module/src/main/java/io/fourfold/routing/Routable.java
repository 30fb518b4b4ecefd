package io.fourfold.routing;

import io.fourfold.expression.Bindings;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import java.util.Map;

/**
 * A record to be routed, stored or not.
 *
 * @param id        null for one that is not stored
 * @param variables what expressions see as {@code record}
 */
public record Routable(String id, Draft draft, String namespace, Map<String, Object> variables) {

    public static Routable of(Entry entry) {
        return new Routable(entry.id().hex(), entry.draft(), entry.namespace(), Bindings.record(entry));
    }

    public static Routable of(Draft draft) {
        String namespace = draft.body().text("namespace").orElse(Entry.DEFAULT_NAMESPACE);
        return new Routable(null, draft, namespace, Bindings.record(draft, namespace));
    }

    public String domain() {
        return draft.body().text("domain").orElse("general");
    }
}
