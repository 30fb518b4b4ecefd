package io.fourfold.orchestration.workspace;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.wrongState;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recorded life of a workspace: made, set up, cleared of secrets, used by one agent, destroyed. */
public final class Workspace implements Aggregate<Workspace.Command, Workspace.State, Workspace.Event> {

    public static final Workspace AGGREGATE = new Workspace();

    /** Where a workspace stands. */
    public enum State {
        ABSENT,
        CREATED,
        READY,
        AGENT_STARTED,
        DESTROYED,
        FAILED
    }

    /** What may be asked of a workspace. */
    public sealed interface Command {
        String workspaceId();

        record Create(String workspaceId, String executionId, String phaseId, String backend) implements Command {}

        /** Set-up is over and no secret is left in the place: repositories stand at these commits. */
        record RunSetup(String workspaceId, Map<String, String> commits) implements Command {}

        record StartAgent(String workspaceId, String provider) implements Command {}

        record Fail(String workspaceId, String message) implements Command {}

        record Destroy(String workspaceId) implements Command {}
    }

    /** What happened to a workspace. */
    public sealed interface Event {
        EventCodec<Event> CODEC = new EventCodec<>(Map.of(
                "workspace.created.v1", Created.class,
                "workspace.setup_completed.v1", SetupCompleted.class,
                "workspace.agent_started.v1", AgentStarted.class,
                "workspace.destroyed.v1", Destroyed.class,
                "workspace.failed.v1", Failed.class));

        String workspaceId();

        record Created(String workspaceId, String executionId, String phaseId, String backend, Instant at)
                implements Event {}

        record SetupCompleted(String workspaceId, Map<String, String> commits, Instant at) implements Event {}

        record AgentStarted(String workspaceId, String provider, Instant at) implements Event {}

        record Destroyed(String workspaceId, Instant at) implements Event {}

        record Failed(String workspaceId, String message, Instant at) implements Event {}
    }

    private Workspace() {}

    @Override
    public ThreadId thread(Command command) {
        return threadOf(command.workspaceId());
    }

    /** The execution that it is of; empty when no such workspace was recorded. */
    public static Optional<String> executionOf(Log log, String workspaceId) {
        return log.thread(threadOf(workspaceId), 0, 1).stream()
                .flatMap(entry -> Event.CODEC.read(entry).stream())
                .filter(Event.Created.class::isInstance)
                .map(event -> ((Event.Created) event).executionId())
                .findFirst();
    }

    public static ThreadId threadOf(String workspaceId) {
        return ThreadId.of("workspace", workspaceId);
    }

    @Override
    public State initial() {
        return State.ABSENT;
    }

    @Override
    public EventCodec<Event> codec() {
        return Event.CODEC;
    }

    @Override
    public Decision<Event> decide(Command command, State state, Instant now) {
        return switch (command) {
            case Command.Create c ->
                in(
                        c,
                        state,
                        new Event.Created(c.workspaceId(), c.executionId(), c.phaseId(), c.backend(), now),
                        State.ABSENT);
            case Command.RunSetup c ->
                in(c, state, new Event.SetupCompleted(c.workspaceId(), c.commits(), now), State.CREATED);
            case Command.StartAgent c ->
                in(c, state, new Event.AgentStarted(c.workspaceId(), c.provider(), now), State.READY);
            case Command.Fail c ->
                in(
                        c,
                        state,
                        new Event.Failed(c.workspaceId(), c.message(), now),
                        State.CREATED,
                        State.READY,
                        State.AGENT_STARTED);
            case Command.Destroy c ->
                state == State.DESTROYED
                        ? accept(List.of())
                        : in(
                                c,
                                state,
                                new Event.Destroyed(c.workspaceId(), now),
                                State.CREATED,
                                State.READY,
                                State.AGENT_STARTED,
                                State.FAILED);
        };
    }

    @Override
    public State evolve(State state, Event event) {
        return switch (event) {
            case Event.Created e -> State.CREATED;
            case Event.SetupCompleted e -> State.READY;
            case Event.AgentStarted e -> State.AGENT_STARTED;
            case Event.Destroyed e -> State.DESTROYED;
            case Event.Failed e -> State.FAILED;
        };
    }

    private static Decision<Event> in(Command command, State state, Event event, State... allowed) {
        return Arrays.asList(allowed).contains(state)
                ? accept(event)
                : wrongState(command.workspaceId(), state, allowed);
    }
}
