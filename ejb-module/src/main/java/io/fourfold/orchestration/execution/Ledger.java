package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the runner of one execution writes: commands of the execution, in one commit with what belongs to them. For one
 * thread of the machine at a time.
 */
final class Ledger {

    private final Commands commands;
    private final Opened<ExecutionCommand, ExecutionState, ExecutionEvent> thread;
    private final List<Opened.Step<?, ?, ?>> due = new ArrayList<>();

    Ledger(Commands commands, String executionId, Did actor) {
        this.commands = commands;
        this.thread = commands.open(Execution.AGGREGATE, Execution.threadOf(executionId), actor);
    }

    ExecutionState state() {
        return thread.state();
    }

    /** Entries that were seen. */
    long length() {
        return thread.length();
    }

    ExecutionState refresh() {
        return thread.refresh();
    }

    /** Writes commands, with steps of other aggregates before them: all or nothing. */
    Outcome<List<Entry>> write(
            List<ExecutionCommand> some, List<Opened.Step<?, ?, ?>> with, Predicate<ExecutionState> allowed) {
        List<Opened.Step<?, ?, ?>> all = new ArrayList<>(due);
        all.addAll(with);
        all.add(thread.steps(some, allowed));
        Outcome<List<Entry>> outcome = commands.together(all, List.of());
        if (outcome instanceof Outcome.Done) {
            due.clear();
        }
        return outcome;
    }

    /** Something that has been done is said with the next command, or by {@link #flush}. */
    void later(Opened.Step<?, ?, ?> step) {
        due.add(step);
    }

    void flush() {
        commands.together(due, List.of());
        due.clear();
    }
}
