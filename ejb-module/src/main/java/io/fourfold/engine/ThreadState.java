package io.fourfold.engine;

import io.fourfold.kit.Projection;
import io.fourfold.log.Act;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.view.ThreadRow;
import java.util.Set;

/**
 * {@code thread_state}: a thread is opened by an INTEND, closed by a KNOW whose {@code fulfills} names that intent, and
 * cancelled by a DO whose {@code cancels} names it.
 */
public final class ThreadState implements Projection<ThreadRow> {

    @Override
    public String name() {
        return "thread_state";
    }

    @Override
    public Class<ThreadRow> rowType() {
        return ThreadRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Set.of(entry.thread().value());
    }

    @Override
    public ThreadRow fold(String key, ThreadRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        ThreadRow row = current == null ? new ThreadRow() : current;
        row.id = key;
        row.version = entry.version();
        row.records++;
        row.namespace = entry.namespace();
        row.firstAt = row.firstAt == null ? entry.recordedAt() : row.firstAt;
        row.lastAt = entry.recordedAt();
        status(row, entry);
        return row;
    }

    private static void status(ThreadRow row, Entry entry) {
        Draft draft = entry.draft();
        if (draft.act() == Act.INTEND && !"open".equals(row.status)) {
            row.status = "open";
            row.intent = entry.id().hex();
            row.opener = draft.actor().value();
        } else if (draft.act() == Act.KNOW && names(entry, "fulfills", row)) {
            row.status = "closed";
        } else if (draft.act() == Act.DO && names(entry, "cancels", row)) {
            row.status = "cancelled";
        }
    }

    private static boolean names(Entry entry, String field, ThreadRow row) {
        return "open".equals(row.status)
                && entry.body().text(field).map(id -> id.equals(row.intent)).orElse(false);
    }
}
