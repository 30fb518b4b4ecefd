package io.fourfold.task;

import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The tasks of one thread, an immutable fold of its records in order. A record means the task it names by
 * {@code fulfills}, {@code reviews}, {@code cancels} or {@code task_id}; one that names nothing means the latest task
 * of the thread. What is no move from where the task stands changes nothing.
 */
public final class Tasks {

    public static final Tasks NONE = new Tasks(new LinkedHashMap<>());

    private final SequencedMap<EntryId, Task> byId;

    private Tasks(SequencedMap<EntryId, Task> byId) {
        this.byId = byId;
    }

    public Tasks fold(Entry entry) {
        if (entry.draft().act() == Act.INTEND) {
            return entry.body().isTrue("task") ? with(Task.asked(entry)) : this;
        }
        return meant(entry)
                .flatMap(task -> Move.of(task, entry).map(to -> with(task.moved(to, entry))))
                .orElse(this);
    }

    /** In the order in which they were asked for. */
    public Stream<Task> all() {
        return byId.sequencedValues().stream();
    }

    /** By the id of its intent. */
    public Optional<Task> of(EntryId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Task> latest() {
        return Optional.ofNullable(byId.lastEntry()).map(Map.Entry::getValue);
    }

    private Tasks with(Task task) {
        SequencedMap<EntryId, Task> more = new LinkedHashMap<>(byId);
        more.put(task.id(), task);
        return new Tasks(more);
    }

    private Optional<Task> meant(Entry entry) {
        Optional<String> named = Stream.of("fulfills", "reviews", "cancels", "task_id")
                .flatMap(field -> entry.body().text(field).stream())
                .findFirst();
        return named.isEmpty()
                ? latest()
                : all().filter(task -> task.isMeantBy(named.get())).findFirst();
    }
}
