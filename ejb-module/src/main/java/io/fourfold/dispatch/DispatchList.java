package io.fourfold.dispatch;

import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.kit.Projection;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.view.DispatchRow;
import java.util.Locale;
import java.util.Set;

/** {@code dispatch_list}: every record that was routed, with its trace and what became of it. */
public final class DispatchList implements Projection<DispatchRow> {

    @Override
    public String name() {
        return "dispatch_list";
    }

    @Override
    public Class<DispatchRow> rowType() {
        return DispatchRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return DispatchEvent.CODEC.read(entry).map(e -> Set.of(e.dispatchId())).orElse(Set.of());
    }

    @Override
    public DispatchRow fold(String key, DispatchRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        DispatchRow row = current == null ? new DispatchRow() : current;
        row.id = key;
        row.version = entry.version();
        switch (DispatchEvent.CODEC.read(entry).orElseThrow()) {
            case DispatchEvent.Routed e -> routed(row, e);
            case DispatchEvent.Started e -> started(row, e);
            case DispatchEvent.HandedOver e -> {
                row.status = wire(Status.HANDED_OVER);
                row.executionId = e.executionId();
            }
            case DispatchEvent.Retrying e -> {
                row.status = wire(Status.WAITING);
                row.failureReason = e.reason();
            }
            case DispatchEvent.Completed e -> completed(row, e);
        }
        return row;
    }

    private static void routed(DispatchRow row, DispatchEvent.Routed e) {
        row.record = e.subject().record();
        row.thread = e.subject().thread();
        row.namespace = e.subject().namespace();
        row.goal = e.subject().goal();
        row.status = wire(e.trace().isDispatched() ? Status.WAITING : Status.UNROUTED);
        row.decidedBy = e.trace().decidedBy();
        row.target = e.trace().target();
        row.rule = e.trace().rule();
        row.trace = Wire.MAPPER.valueToTree(e.trace()).toString();
        row.routedAt = e.at();
    }

    private static void started(DispatchRow row, DispatchEvent.Started e) {
        row.status = wire(Status.RUNNING);
        row.family = e.family();
        row.attempts = e.attempt();
        row.workThread = e.workThread();
        row.deadline = e.deadline();
        row.startedAt = row.startedAt == null ? e.at() : row.startedAt;
    }

    private static void completed(DispatchRow row, DispatchEvent.Completed e) {
        Result result = e.result();
        row.status = wire(result.success() ? Status.SUCCEEDED : Status.FAILED);
        row.success = result.success();
        row.failureReason = result.failureReason();
        row.costUsd = result.costUsd();
        row.tokensIn = result.tokensIn();
        row.tokensOut = result.tokensOut();
        row.latencyMs = e.latencyMs();
        row.completedAt = e.at();
    }

    private static String wire(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
