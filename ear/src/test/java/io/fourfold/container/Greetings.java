package io.fourfold.container;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.ThreadRow;
import java.util.Set;

/**
 * A projection that makes two rows of one entry; with {@code broken} the database refuses the second.
 *
 * @param name of the projection, and the start of its rows' ids
 */
record Greetings(String name, boolean broken) implements Projection<ThreadRow> {

    @Override
    public Class<ThreadRow> rowType() {
        return ThreadRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Set.of(name + ".first", name + ".second");
    }

    @Override
    public ThreadRow fold(String key, ThreadRow current, Entry entry) {
        ThreadRow row = new ThreadRow();
        row.id = key;
        row.namespace = broken && key.endsWith("second") ? null : entry.namespace();
        row.firstAt = entry.recordedAt();
        row.lastAt = entry.recordedAt();
        return row;
    }
}
