package io.fourfold.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that a projection makes of entries. */
public final class Folded {

    private Folded() {}

    /** The rows after the entries; proves by the way that meeting entries again, from anywhere, changes nothing. */
    public static <V> Map<String, V> of(Projection<V> projection, List<Entry> entries) {
        Map<String, V> once = rows(projection, entries);
        for (int from = 0; from < entries.size(); from++) {
            List<Entry> again = new ArrayList<>(entries);
            again.addAll(entries.subList(from, entries.size()));
            assertThat(rows(projection, again))
                    .as("%s folded again from entry %d", projection.name(), from)
                    .usingRecursiveComparison()
                    .isEqualTo(once);
        }
        return once;
    }

    private static <V> Map<String, V> rows(Projection<V> projection, List<Entry> entries) {
        Map<String, V> rows = new HashMap<>();
        for (Entry entry : entries) {
            for (String key : projection.keys(entry)) {
                V row = projection.fold(key, rows.get(key), entry);
                if (row == null) {
                    rows.remove(key);
                } else {
                    rows.put(key, row);
                }
            }
        }
        return rows;
    }
}
