package io.fourfold.engine;

import io.fourfold.log.Act;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.task.Tasks;
import io.fourfold.view.ThreadRow;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;

/** A thread as expressions see it: its status, who takes part and as what, its heads, its tasks. */
final class ThreadSummary {

    /** What an actor is to a thread; the first that applies. */
    private enum Role {
        OPENER,
        REVIEWER,
        ADAPTER,
        OBSERVER
    }

    private final ThreadState states = new ThreadState();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Object> lastClocks = new LinkedHashMap<>();
    private final SequencedSet<EntryId> heads = new LinkedHashSet<>();
    private Tasks tasks = Tasks.NONE;
    private ThreadRow row;

    void fold(Entry entry) {
        Draft draft = entry.draft();
        row = states.fold(entry.thread().value(), row, entry);
        tasks = tasks.fold(entry);
        draft.parents().forEach(heads::remove);
        heads.add(entry.id());
        lastClocks.put(draft.actor().value(), draft.clock());
        roles.merge(draft.actor().value(), role(entry), (was, is) -> was.compareTo(is) <= 0 ? was : is);
    }

    private Role role(Entry entry) {
        if (entry.draft().act() == Act.INTEND && !roles.containsValue(Role.OPENER)) {
            return Role.OPENER;
        }
        if (entry.draft().act() == Act.KNOW && entry.body().text("verdict").isPresent()) {
            return Role.REVIEWER;
        }
        return entry.body().isTrue("dispatch_handled") ? Role.ADAPTER : Role.OBSERVER;
    }

    Tasks tasks() {
        return tasks;
    }

    /** Empty when nothing was folded. */
    Map<String, Object> variables() {
        if (row == null) {
            return Map.of();
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("id", row.id);
        variables.put("status", row.status);
        variables.put("namespace", row.namespace);
        variables.put("count", row.records);
        variables.put("version", row.version);
        variables.put("participants", List.copyOf(roles.keySet()));
        Map<String, Object> named = new LinkedHashMap<>();
        roles.forEach((actor, role) -> named.put(actor, role.name().toLowerCase(Locale.ROOT)));
        variables.put("roles", named);
        variables.put("heads", heads.stream().map(EntryId::hex).toList());
        variables.put("last_clock", Map.copyOf(lastClocks));
        variables.put("first_at", row.firstAt);
        variables.put("last_at", row.lastAt);
        if (row.intent != null) {
            variables.put("intent", row.intent);
            variables.put("opener", row.opener);
        }
        return variables;
    }
}
