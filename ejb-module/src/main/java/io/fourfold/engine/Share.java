package io.fourfold.engine;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What of a batch concerns a projection. */
public record Share<V>(Projection<V> projection, List<Touch> touches) {

    /** An entry, and the rows that it touches. */
    public record Touch(Entry entry, Set<String> keys) {}

    /** Throws whatever the projection throws at an entry that it cannot read. */
    public static <V> Share<V> of(Projection<V> projection, List<Entry> batch) {
        List<Touch> touches = new ArrayList<>();
        for (Entry entry : batch) {
            Set<String> keys = projection.keys(entry);
            if (!keys.isEmpty()) {
                touches.add(new Touch(entry, keys));
            }
        }
        return new Share<>(projection, touches);
    }
}
