package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Opened;
import io.fourfold.log.Did;
import io.fourfold.orchestration.concurrency.ConcurrencyKey;
import java.util.Collection;
import java.util.Set;

/** Ends those that have to go for one that replaces them, also when the server that let it in went down before. */
public final class Replacing {

    private final Commands commands;

    public Replacing(Commands commands) {
        this.commands = commands;
    }

    /** Under these keys. */
    public void finish(Collection<String> keys, Did actor) {
        keys.forEach(key ->
                finish(commands.open(ConcurrencyKey.AGGREGATE, ConcurrencyKey.threadOf(key), actor), key, actor));
    }

    void finish(
            Opened<ConcurrencyKey.Command, ConcurrencyKey.State, ConcurrencyKey.Event> opened, String key, Did actor) {
        ConcurrencyKey.State state = opened.state();
        for (String newcomer : Set.copyOf(state.going().values())) {
            if (commands.state(Execution.AGGREGATE, Execution.threadOf(newcomer))
                    .exists()) {
                state.going().forEach((other, by) -> {
                    if (by.equals(newcomer)) {
                        cancel(other, by, actor);
                    }
                });
                opened.handle(new ConcurrencyKey.Command.ConfirmReplaced(key, newcomer));
            }
        }
    }

    /** Who is over by now needs no cancelling. */
    private void cancel(String executionId, String by, Did actor) {
        ExecutionCommand cancel = new ExecutionCommand.Cancel(executionId, "replaced by " + by, true);
        commands.handle(Execution.AGGREGATE, cancel, actor);
    }
}
