package io.fourfold.session;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.wrongState;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.ThreadId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One agent's session: it starts, and it completes once. */
public final class Session implements Aggregate<Session.Command, Session.State, Session.Event> {

    public static final Session AGGREGATE = new Session();

    /** Where a session stands; {@code result} once it is completed, else null. */
    public record State(Standing standing, AgentResult result) {
        static final State NONE = new State(Standing.ABSENT, null);
    }

    /** See {@link State}. */
    public enum Standing {
        ABSENT,
        RUNNING,
        COMPLETED
    }

    /** What a session is for. */
    public record Subject(
            String executionId,
            String workflowId,
            String workflowName,
            String phaseId,
            String phaseName,
            String provider,
            String model,
            List<String> repos) {}

    /** What may be asked of a session. */
    public sealed interface Command {
        String sessionId();

        record Start(String sessionId, Subject subject) implements Command {}

        /**
         * @param conversationSha256 where the content store holds its output, line by line; null when there was none
         * @param providerCostUsd    the provider's own figure, null when it gave none
         */
        record Complete(
                String sessionId, AgentResult result, String conversationSha256, BigDecimal providerCostUsd, int turns)
                implements Command {}
    }

    /** What happened to a session. */
    public sealed interface Event {
        EventCodec<Event> CODEC =
                new EventCodec<>(Map.of("session.started.v1", Started.class, "session.completed.v1", Completed.class));

        String sessionId();

        record Started(String sessionId, Subject subject, Instant at) implements Event {}

        record Completed(
                String sessionId,
                AgentResult result,
                String conversationSha256,
                BigDecimal providerCostUsd,
                int turns,
                Instant at)
                implements Event {}
    }

    private Session() {}

    @Override
    public ThreadId thread(Command command) {
        return threadOf(command.sessionId());
    }

    public static ThreadId threadOf(String sessionId) {
        return ThreadId.of("session", sessionId);
    }

    @Override
    public State initial() {
        return State.NONE;
    }

    @Override
    public EventCodec<Event> codec() {
        return Event.CODEC;
    }

    @Override
    public Decision<Event> decide(Command command, State state, Instant now) {
        return switch (command) {
            case Command.Start c ->
                state.standing() == Standing.ABSENT
                        ? accept(new Event.Started(c.sessionId(), c.subject(), now))
                        : wrongState(c.sessionId(), state.standing(), Standing.ABSENT);
            case Command.Complete c ->
                state.standing() == Standing.RUNNING
                        ? accept(new Event.Completed(
                                c.sessionId(), c.result(), c.conversationSha256(), c.providerCostUsd(), c.turns(), now))
                        : wrongState(c.sessionId(), state.standing(), Standing.RUNNING);
        };
    }

    @Override
    public State evolve(State state, Event event) {
        return switch (event) {
            case Event.Started e -> new State(Standing.RUNNING, null);
            case Event.Completed e -> new State(Standing.COMPLETED, e.result());
        };
    }
}
