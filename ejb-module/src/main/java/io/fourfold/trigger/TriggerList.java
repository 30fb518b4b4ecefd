package io.fourfold.trigger;

import io.fourfold.config.Declaration;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.config.Trigger;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.view.TriggerRow;
import java.util.Optional;
import java.util.Set;

/**
 * {@code trigger_list}: each trigger that was ever defined, with what it has done. What a record of configuration says
 * is read as the configuration reads it; what is not valid changes nothing.
 */
public final class TriggerList implements Projection<TriggerRow> {

    private static final String ACTIVE = "active";
    private static final String PAUSED = "paused";
    private static final String REMOVED = "removed";

    private final Expressions expressions;

    public TriggerList(Expressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public String name() {
        return "trigger_list";
    }

    @Override
    public Class<TriggerRow> rowType() {
        return TriggerRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return FiringEvent.CODEC
                .read(entry)
                .map(FiringEvent::trigger)
                .or(() -> Declaration.about(Topic.TRIGGER, entry).flatMap(TriggerList::id))
                .map(Set::of)
                .orElse(Set.of());
    }

    private static Optional<String> id(Identity identity) {
        try {
            String id = TriggerFirings.idOf(identity);
            TriggerFirings.threadOf(id);
            return Optional.of(id);
        } catch (InvalidRecord noName) {
            return Optional.empty();
        }
    }

    @Override
    public TriggerRow fold(String key, TriggerRow current, Entry entry) {
        Optional<FiringEvent> event = FiringEvent.CODEC.read(entry);
        if (event.isEmpty()) {
            return current != null && entry.position() <= current.definedAt
                    ? current
                    : Declaration.read(Topic.TRIGGER, entry, expressions)
                            .map(says -> declared(key, current, says, entry))
                            .orElse(current);
        }
        if (current != null && entry.version() > current.version) {
            current.version = entry.version();
            happened(current, event.get());
        }
        return current;
    }

    private static TriggerRow declared(String key, TriggerRow current, Declaration<Trigger> says, Entry entry) {
        if (says.value().isEmpty()) {
            if (current != null) {
                current.status = REMOVED;
                current.updatedAt = entry.recordedAt();
                current.definedAt = entry.position();
            }
            return current;
        }
        TriggerRow row = current == null ? new TriggerRow() : current;
        row.id = key;
        row.name = says.identity().name();
        row.namespace = says.identity().namespace();
        row.status = row.pausedReason == null ? ACTIVE : PAUSED;
        row.createdAt = row.createdAt == null ? entry.recordedAt() : row.createdAt;
        row.createdBy = row.createdBy == null ? entry.draft().actor().value() : row.createdBy;
        row.updatedAt = entry.recordedAt();
        row.record = entry.id().hex();
        row.definition = entry.body().canonical();
        row.definedAt = entry.position();
        defined(row, says.value().get());
        return row;
    }

    private static void defined(TriggerRow row, Trigger trigger) {
        row.event = null;
        row.repository = null;
        switch (trigger.occasion()) {
            case Trigger.Occasion.Appended any -> row.source = "record";
            case Trigger.Occasion.Due due -> row.source = "schedule";
            case Trigger.Occasion.Github github -> {
                row.source = "github";
                row.event = github.event();
                row.repository = github.repository();
            }
        }
        row.workflow = trigger.goal() instanceof Trigger.Goal.Workflow workflow ? workflow.id() : null;
        row.target = trigger.goal() instanceof Trigger.Goal.Target target
                ? target.did().value()
                : null;
    }

    private static void happened(TriggerRow row, FiringEvent event) {
        switch (event) {
            case FiringEvent.Fired e -> {
                row.fired++;
                row.lastFiredAt = e.at();
                row.lastExecution = e.execution();
            }
            case FiringEvent.Blocked e -> row.blocked++;
            case FiringEvent.Deferred e -> {}
            case FiringEvent.Ended e -> {
                row.costUsd = row.costUsd.add(e.costUsd());
                row.failed += e.outcome().equals(TriggerFirings.FAILED) ? 1 : 0;
            }
            case FiringEvent.Paused e -> {
                row.pausedReason = e.reason() == null ? "" : e.reason();
                row.status = row.status.equals(REMOVED) ? REMOVED : PAUSED;
            }
            case FiringEvent.Resumed e -> {
                row.pausedReason = null;
                row.status = row.status.equals(REMOVED) ? REMOVED : ACTIVE;
            }
        }
    }
}
