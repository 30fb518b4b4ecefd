package io.fourfold.dispatch;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.queue.Tags;
import io.fourfold.view.QueueRow;
import java.util.Set;

/** {@code dispatch_queue}: what waits for a worker or is run by one, first in, first out, a lane for each target. */
public final class DispatchQueue implements Projection<QueueRow> {

    /** Its name in the table of all queues. */
    public static final String QUEUE = "dispatch";

    @Override
    public String name() {
        return "dispatch_queue";
    }

    @Override
    public Class<QueueRow> rowType() {
        return QueueRow.class;
    }

    @Override
    public String shares() {
        return QUEUE;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return DispatchEvent.CODEC.read(entry).map(e -> Set.of(e.dispatchId())).orElse(Set.of());
    }

    @Override
    public QueueRow fold(String key, QueueRow current, Entry entry) {
        return switch (DispatchEvent.CODEC.read(entry).orElseThrow()) {
            case DispatchEvent.Routed e -> e.trace().isDispatched() ? waiting(key, current, e, entry) : null;
            case DispatchEvent.Started e -> begun(current);
            case DispatchEvent.Retrying e -> retrying(current, e);
            case DispatchEvent.HandedOver e -> null;
            case DispatchEvent.Completed e -> null;
        };
    }

    private static QueueRow waiting(String key, QueueRow current, DispatchEvent.Routed e, Entry entry) {
        QueueRow row = current == null ? new QueueRow() : current;
        row.id = key;
        row.queue = QUEUE;
        row.lane = e.trace().target();
        row.tags = Tags.within(e.subject().namespace());
        row.position = entry.position();
        return row;
    }

    private static QueueRow begun(QueueRow row) {
        if (row != null) {
            row.tags = Tags.begun(row.tags);
        }
        return row;
    }

    private static QueueRow retrying(QueueRow row, DispatchEvent.Retrying e) {
        if (row != null) {
            row.notBefore = e.notBefore();
        }
        return row;
    }
}
