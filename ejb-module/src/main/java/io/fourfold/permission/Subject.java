package io.fourfold.permission;

import io.fourfold.expression.Bindings;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import java.util.Map;

/**
 * What somebody is about to do, as rules see it.
 *
 * @param place  the thread of a record, or kind and id of another resource
 * @param record as expressions see a draft; of a request that is no record, only its {@code actor}
 * @param resource {@code kind}, {@code action}, and of a record {@code thread} and {@code namespace}, of a request
 *     {@code id}
 */
public record Subject(
        Did actor, String namespace, String place, Map<String, Object> record, Map<String, Object> resource) {

    /** The one action there is: reading is not asked about. */
    public static final String WRITE = "write";

    /** Of an id that is kept; ids of ours are shorter. */
    private static final int ID_CHARS_MAX = 300;

    public static Subject of(Draft draft) {
        String namespace = draft.body().text("namespace").orElse(Entry.DEFAULT_NAMESPACE);
        String thread = draft.thread().value();
        Map<String, Object> resource =
                Map.of("kind", "record", "action", WRITE, "thread", thread, "namespace", namespace);
        return new Subject(draft.actor(), namespace, thread, Bindings.record(draft, namespace), resource);
    }

    /** A request to change something, {@code id} empty where it names none. */
    public static Subject of(Did actor, String kind, String id) {
        String plain = id.substring(0, Math.min(id.length(), ID_CHARS_MAX)).replaceAll("[^\\x20-\\x7e]", "?");
        return new Subject(
                actor,
                Entry.DEFAULT_NAMESPACE,
                kind + "/" + plain,
                Map.of("actor", actor.value()),
                Map.of("kind", kind, "action", WRITE, "id", plain));
    }
}
