package io.fourfold.dispatch;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.UnroutedRow;
import java.util.Set;

/** {@code unrouted_queue}: records that nobody was found for, until somebody answers or is found. */
public final class UnroutedQueue implements Projection<UnroutedRow> {

    @Override
    public String name() {
        return "unrouted_queue";
    }

    @Override
    public Class<UnroutedRow> rowType() {
        return UnroutedRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return DispatchEvent.CODEC.read(entry).map(e -> Set.of(e.dispatchId())).orElse(Set.of());
    }

    @Override
    public UnroutedRow fold(String key, UnroutedRow current, Entry entry) {
        return switch (DispatchEvent.CODEC.read(entry).orElseThrow()) {
            case DispatchEvent.Routed e -> e.trace().isDispatched() ? null : left(e, entry);
            case DispatchEvent.Started e -> null;
            case DispatchEvent.HandedOver e -> null;
            case DispatchEvent.Retrying e -> null;
            case DispatchEvent.Completed e -> null;
        };
    }

    private static UnroutedRow left(DispatchEvent.Routed e, Entry entry) {
        UnroutedRow row = new UnroutedRow();
        row.id = e.dispatchId();
        row.record = e.subject().record();
        row.thread = e.subject().thread();
        row.namespace = e.subject().namespace();
        row.goal = e.subject().goal();
        row.domain = e.subject().domain();
        row.routedAt = e.at();
        row.position = entry.position();
        return row;
    }
}
