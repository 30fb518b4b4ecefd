package io.fourfold.orchestration.concurrency;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.kit.Minted;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.workflow.Concurrency.Behavior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has come in under one key, waiting or running. Its thread is the one place where it is decided who may: of two
 * that come at once, the second is decided on after the first.
 */
public final class ConcurrencyKey
        implements Aggregate<ConcurrencyKey.Command, ConcurrencyKey.State, ConcurrencyKey.Event> {

    public static final ConcurrencyKey AGGREGATE = new ConcurrencyKey();

    /** Executions under one key, waiting ones included. */
    public static final int HOLDERS_MAX = 1_000;

    /** Who came in and was never queued is gone after this: its server went down in between. */
    static final Duration QUEUED_WITHIN = Duration.ofSeconds(30);

    private static final String NOUN = "concurrency";

    /** What may be asked. */
    public sealed interface Command {
        String key();

        /**
         * Wants to come in.
         *
         * @param over   of those inside, whose execution is known to be over
         * @param absent of those inside, whose execution is not there
         */
        record Enter(String key, String executionId, int limit, Behavior behavior, Set<String> over, Set<String> absent)
                implements Command {}

        /** Was not queued after all. */
        record Leave(String key, String executionId) implements Command {}

        /** Those who had to go for it are told to. */
        record ConfirmReplaced(String key, String executionId) implements Command {}
    }

    /** What happened. */
    public sealed interface Event {
        EventCodec<Event> CODEC = new EventCodec<>(Map.of(
                "concurrency.entered.v1",
                Entered.class,
                "concurrency.left.v1",
                Left.class,
                "concurrency.replaced.v1",
                Replaced.class));

        String key();

        /**
         * @param left     who was found to be over
         * @param replaced who has to go for it
         */
        record Entered(String key, String executionId, List<String> left, List<String> replaced, Instant at)
                implements Event {}

        record Left(String key, String executionId, Instant at) implements Event {}

        /** Those who had to go for {@code executionId} were told. */
        record Replaced(String key, String executionId, Instant at) implements Event {}
    }

    /**
     * Who is inside and since when, in the order they came.
     *
     * @param going who of them has to go and was not told yet, with the one for whom
     */
    public record State(Map<String, Instant> inside, Map<String, String> going) {

        private static final State EMPTY = new State(Map.of(), Map.of());

        public List<String> ids() {
            return List.copyOf(inside.keySet());
        }
    }

    private ConcurrencyKey() {}

    public static ThreadId threadOf(String key) {
        String minted = Minted.thread(NOUN, List.of(key)).value();
        return ThreadId.of(NOUN, minted.substring(minted.indexOf('_') + 1));
    }

    @Override
    public ThreadId thread(Command command) {
        return threadOf(command.key());
    }

    @Override
    public State initial() {
        return State.EMPTY;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public EventCodec<Event> codec() {
        return Event.CODEC;
    }

    @Override
    public Decision<Event> decide(Command command, State state, Instant now) {
        return switch (command) {
            case Command.Enter enter -> enter(enter, state, now);
            case Command.Leave leave ->
                state.inside().containsKey(leave.executionId())
                        ? accept(new Event.Left(leave.key(), leave.executionId(), now))
                        : accept(List.of());
            case Command.ConfirmReplaced told ->
                state.going().containsValue(told.executionId())
                        ? accept(new Event.Replaced(told.key(), told.executionId(), now))
                        : accept(List.of());
        };
    }

    private static Decision<Event> enter(Command.Enter enter, State state, Instant now) {
        if (state.inside().containsKey(enter.executionId())) {
            return accept(List.of());
        }
        List<String> left = new ArrayList<>();
        List<String> holders = new ArrayList<>();
        state.inside().forEach((id, since) -> {
            boolean lost =
                    enter.absent().contains(id) && since.plus(QUEUED_WITHIN).isBefore(now);
            (enter.over().contains(id) || lost ? left : holders).add(id);
        });
        if (holders.size() >= HOLDERS_MAX) {
            return refuse(
                    Code.OVERLOADED,
                    "Expected fewer than " + HOLDERS_MAX + " executions of the key " + enter.key()
                            + ", but so many wait or run");
        }
        int tooMany = holders.size() - enter.limit() + 1;
        return switch (enter.behavior()) {
            case QUEUE -> entered(enter, left, List.of(), now);
            case REPLACE -> entered(enter, left, holders.subList(0, Math.max(0, tooMany)), now);
            case CANCEL, FAIL ->
                tooMany <= 0
                        ? entered(enter, left, List.of(), now)
                        : refuse(
                                Code.WRONG_STATE,
                                "Expected the key " + enter.key() + " to be free, but it is held by "
                                        + String.join(", ", holders.subList(0, enter.limit())));
        };
    }

    private static Decision<Event> entered(Command.Enter enter, List<String> left, List<String> replaced, Instant now) {
        return accept(new Event.Entered(enter.key(), enter.executionId(), left, replaced, now));
    }

    @Override
    public State evolve(State state, Event event) {
        Map<String, Instant> inside = new LinkedHashMap<>(state.inside());
        Map<String, String> going = new LinkedHashMap<>(state.going());
        switch (event) {
            case Event.Entered e -> {
                e.left().forEach(inside::remove);
                inside.put(e.executionId(), e.at());
                e.replaced().forEach(id -> going.put(id, e.executionId()));
            }
            case Event.Left e -> inside.remove(e.executionId());
            case Event.Replaced e -> going.values().removeIf(e.executionId()::equals);
        }
        going.entrySet().removeIf(it -> !inside.containsKey(it.getKey()) || !inside.containsKey(it.getValue()));
        return new State(inside, going);
    }
}
