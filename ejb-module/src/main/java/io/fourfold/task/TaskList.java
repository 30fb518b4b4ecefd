package io.fourfold.task;

import io.fourfold.kit.Projection;
import io.fourfold.kit.ThreadFold;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.view.TaskRow;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code task_list}: each task as it stands, by the built-in rules. */
public final class TaskList implements Projection<TaskRow> {

    private static final Set<String> NAMING = Set.of("fulfills", "reviews", "cancels", "task_id", "verdict");

    private final ThreadFold<Tasks> threads;

    public TaskList(Log log) {
        this.threads = new ThreadFold<>(log, Tasks.NONE, Tasks::fold);
    }

    @Override
    public String name() {
        return "task_list";
    }

    @Override
    public Class<TaskRow> rowType() {
        return TaskRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        if (isDomainEvent(entry) || !threads.knows(entry) && !mayMove(entry)) {
            return Set.of();
        }
        ThreadFold.Step<Tasks> step = threads.step(entry);
        return step.before() == step.after()
                ? Set.of()
                : step.after()
                        .all()
                        .filter(task -> step.before().of(task.id()).orElse(null) != task)
                        .map(task -> task.id().hex())
                        .collect(Collectors.toSet());
    }

    /** {@code execution.started.v1} on {@code th_execution.…}: no thread of its kind has tasks. */
    private static boolean isDomainEvent(Entry entry) {
        int noun = entry.kind().indexOf('.');
        return noun > 0
                && entry.thread().value().startsWith("th_" + entry.kind().substring(0, noun) + ".");
    }

    /** Whether it would be worth reading the thread for. */
    private static boolean mayMove(Entry entry) {
        Act act = entry.draft().act();
        boolean topic =
                entry.body().text("topic").map(name -> name.startsWith("task_")).orElse(false);
        return act == Act.INTEND
                ? entry.body().isTrue("task")
                : topic
                        || NAMING.stream()
                                .anyMatch(field -> entry.body().text(field).isPresent());
    }

    @Override
    public TaskRow fold(String key, TaskRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        Task task = threads.step(entry).after().of(new EntryId(key)).orElseThrow();
        Entry intent = task.intent();
        TaskRow row = new TaskRow();
        row.id = key;
        row.thread = intent.thread().value();
        row.namespace = intent.namespace();
        row.opener = intent.draft().actor().value();
        row.domain = intent.body().text("domain").orElse("general");
        row.goal = intent.body().text("goal").orElse(null);
        row.alias = intent.body().text("alias").orElse(null);
        row.status = task.status().wire();
        row.claim = task.claim() == null ? null : task.claim().hex();
        row.claimant = task.claimant() == null ? null : task.claimant().value();
        row.reason = task.reason();
        row.openedAt = intent.recordedAt();
        row.since = task.since();
        row.position = intent.position();
        row.version = entry.version();
        return row;
    }
}
