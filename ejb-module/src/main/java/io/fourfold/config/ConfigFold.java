package io.fourfold.config;

import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folds records onto a snapshot, one after the other, and makes the next snapshot of them. */
final class ConfigFold {

    /** Refused records that are listed; of more, the latest. */
    static final int REFUSED_MAX = 1_000;

    /** Of a reason that is kept. */
    private static final int REASON_CHARS_MAX = 1_000;

    /** The id of a record that is not stored. */
    private static final EntryId NOT_YET = new EntryId("0".repeat(64));

    private final Expressions expressions;
    private final Map<Identity, Declared<?>> inForce;
    private final List<RefusedRecord> refused;
    private final List<Change> changes;
    private long position;

    ConfigFold(EngineConfig from, Expressions expressions) {
        this.expressions = expressions;
        this.inForce = new HashMap<>(from.byIdentity());
        this.refused = new ArrayList<>(from.refused());
        this.changes = new ArrayList<>(from.changes().inOrder());
        this.position = from.position();
    }

    /** Whether a record is about configuration at all. */
    static boolean concerns(Entry entry) {
        return concerns(entry.draft());
    }

    private static boolean concerns(Draft draft) {
        return draft.thread().equals(EngineConfig.THREAD) && draft.act() == Act.LEARN;
    }

    /** Takes the next record; the fault when it is refused, and so changes nothing but the list of those. */
    Optional<ConfigFault> add(Entry entry) {
        position = entry.position();
        if (!concerns(entry)) {
            return Optional.empty();
        }
        try {
            Statement statement = take(entry.namespace(), entry.body(), entry.id(), entry.position());
            Identity identity = statement.identity();
            switch (statement) {
                case Statement.Says says ->
                    note(
                            entry,
                            identity,
                            Change.Deed.SETS,
                            inForce.get(identity).priority(),
                            null);
                case Statement.Ends ends -> note(entry, identity, Change.Deed.ENDS, 0, null);
            }
            refused.removeIf(earlier -> earlier.identity().equals(identity));
            return Optional.empty();
        } catch (ConfigFault fault) {
            if (refused.size() == REFUSED_MAX) {
                refused.remove(0);
            }
            Identity about = Statement.about(entry.namespace(), entry.body().tree());
            String reason = Fields.shortened(fault.getMessage(), REASON_CHARS_MAX);
            refused.add(new RefusedRecord(about, entry.id(), entry.position(), reason));
            note(entry, about, Change.Deed.REFUSED, 0, reason);
            return Optional.of(fault);
        }
    }

    private Statement take(String namespace, Json body, EntryId id, long at) {
        Statement statement = read(namespace, body);
        Identity identity = statement.identity();
        switch (statement) {
            case Statement.Says says -> inForce.put(identity, new Declared<>(identity, id, at, body, says.value()));
            case Statement.Ends ends -> inForce.remove(identity);
        }
        return statement;
    }

    /** Takes what is not stored yet, as if it were next. */
    void suppose(Draft draft) {
        position++;
        if (concerns(draft)) {
            try {
                take(
                        draft.body().text(Statement.NAMESPACE).orElse(Entry.DEFAULT_NAMESPACE),
                        draft.body(),
                        NOT_YET,
                        position);
            } catch (ConfigFault fault) {
                // As in the log: it changes nothing.
            }
        }
    }

    private void note(Entry entry, Identity identity, Change.Deed deed, long priority, String reason) {
        changes.add(new Change(
                identity,
                entry.id(),
                entry.position(),
                entry.draft().actor(),
                entry.recordedAt(),
                deed,
                priority,
                reason));
    }

    /**
     * What a record says.
     *
     * @throws ConfigFault when it is not valid, also because there is no room for another
     */
    Statement read(String namespace, Json body) {
        Statement statement = Statement.read(namespace, body.tree(), expressions);
        if (statement instanceof Statement.Says says && !inForce.containsKey(says.identity())) {
            Topic<?> topic = says.topic();
            if (count(topic) >= topic.max()) {
                throw new ConfigFault(
                        Statement.NAME,
                        "expected at most " + topic.max() + " of " + topic.wireName()
                                + " in force, but this is another");
            }
        }
        return statement;
    }

    private long count(Topic<?> topic) {
        return inForce.keySet().stream()
                .filter(identity -> identity.topic().equals(topic.wireName()))
                .count();
    }

    EngineConfig snapshot() {
        return new EngineConfig(inForce, refused, new Changes(changes), position);
    }
}
