package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.concurrency.ConcurrencyKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Ends those that have to go for one that replaces them, also when the server that let it in went down before. */
public final class Replacing {

    private final Commands commands;

    private static final Set<Refusal.Code> SETTLED = Set.of(Refusal.Code.WRONG_STATE, Refusal.Code.NOT_FOUND);

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
                boolean told = true;
                for (Map.Entry<String, String> going : state.going().entrySet()) {
                    told &= !going.getValue().equals(newcomer) || isCancelled(going.getKey(), newcomer, actor);
                }
                if (told) {
                    opened.handle(new ConcurrencyKey.Command.ConfirmReplaced(key, newcomer));
                }
            }
        }
    }

    /** Who is over by now needs no cancelling. */
    private boolean isCancelled(String executionId, String by, Did actor) {
        ExecutionCommand cancel = new ExecutionCommand.Cancel(executionId, "replaced by " + by, true);
        return !(commands.handle(Execution.AGGREGATE, cancel, actor) instanceof Outcome.Refused<ExecutionState> refused)
                || SETTLED.contains(refused.refusal().code());
    }
}
