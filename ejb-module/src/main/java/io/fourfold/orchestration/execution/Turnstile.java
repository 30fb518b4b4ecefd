package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.concurrency.ConcurrencyKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Puts executions into the queue; those with a concurrency key as that key allows. Whoever is turned away is recorded
 * all the same, with the reason.
 */
final class Turnstile {

    /** Holders of a key that are looked at when nobody is turned away: so that who is over is let go of in time. */
    private static final int LOOKED_AT_MAX = 32;

    /** Those of one key that come at once to one node come one by one, and need not try again against each other. */
    private static final int TURNS = 64;

    private final Commands commands;
    private final Replacing replacing;
    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toList();

    Turnstile(Commands commands) {
        this.commands = commands;
        this.replacing = new Replacing(commands);
    }

    Outcome<ExecutionState> queue(String executionId, ExecutionPlan plan, Did actor) {
        if (plan.ticket().key() == null || state(executionId).exists()) {
            return queue(executionId, plan, null, actor);
        }
        ReentrantLock turn = turns.get(Math.floorMod(plan.ticket().key().hashCode(), TURNS));
        turn.lock();
        try {
            return enter(executionId, plan, actor);
        } finally {
            turn.unlock();
        }
    }

    private Outcome<ExecutionState> enter(String executionId, ExecutionPlan plan, Did actor) {
        Ticket ticket = plan.ticket();
        var key = commands.open(ConcurrencyKey.AGGREGATE, ConcurrencyKey.threadOf(ticket.key()), actor);
        return switch (key.handle(enter(executionId, ticket, key.state().ids()))) {
            case Outcome.Refused<ConcurrencyKey.State> refused ->
                refused.refusal().code() == Refusal.Code.WRONG_STATE
                        ? queue(executionId, plan, refused.refusal().message(), actor)
                        : new Outcome.Refused<>(refused.refusal());
            case Outcome.Done<ConcurrencyKey.State> in -> {
                Outcome<ExecutionState> outcome = queue(executionId, plan, null, actor);
                if (outcome instanceof Outcome.Done) {
                    replacing.finish(key, ticket.key(), actor);
                } else if (!state(executionId).exists()) {
                    key.handle(new ConcurrencyKey.Command.Leave(ticket.key(), executionId));
                }
                yield outcome;
            }
        };
    }

    private ConcurrencyKey.Command.Enter enter(String executionId, Ticket ticket, List<String> inside) {
        boolean all = inside.size() > ConcurrencyKey.HOLDERS_MAX / 2;
        int enough =
                switch (ticket.behavior()) {
                    case QUEUE -> all ? inside.size() : LOOKED_AT_MAX;
                    case CANCEL, FAIL, REPLACE -> inside.size();
                };
        Set<String> over = new HashSet<>();
        Set<String> absent = new HashSet<>();
        for (String id : inside.subList(0, Math.min(enough, inside.size()))) {
            ExecutionState state = state(id);
            if (!state.exists()) {
                absent.add(id);
            } else if (state.status().isOver()) {
                over.add(id);
            }
        }
        return new ConcurrencyKey.Command.Enter(
                ticket.key(), executionId, ticket.limit(), ticket.behavior(), over, absent);
    }

    private Outcome<ExecutionState> queue(String executionId, ExecutionPlan plan, String turnedAway, Did actor) {
        return commands.begin(Execution.AGGREGATE, Execution.threadOf(executionId), actor)
                .handle(new ExecutionCommand.Queue(executionId, plan, turnedAway));
    }

    private ExecutionState state(String executionId) {
        return commands.state(Execution.AGGREGATE, Execution.threadOf(executionId));
    }
}
