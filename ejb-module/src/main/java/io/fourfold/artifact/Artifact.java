package io.fourfold.artifact;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.kit.Decision.wrongState;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One artifact: created with its content, its title and metadata may change, and it can be deleted. */
public final class Artifact implements Aggregate<Artifact.Command, Artifact.State, Artifact.Event> {

    public static final Artifact AGGREGATE = new Artifact();

    /** Where an artifact stands. */
    public enum State {
        ABSENT,
        PRESENT,
        DELETED
    }

    /**
     * What an artifact is.
     *
     * @param type      for example {@code text}, {@code markdown}, {@code code}, {@code image}, {@code other}
     * @param mediaType for example {@code text/markdown}
     * @param sizeBytes of the content
     * @param primary   whether it is the phase's main deliverable
     */
    public record Facts(
            String workflowId,
            String executionId,
            String phaseId,
            String sessionId,
            String title,
            String type,
            String mediaType,
            long sizeBytes,
            String sha256,
            boolean primary,
            List<String> derivedFrom) {}

    /** What may be asked of an artifact. */
    public sealed interface Command {
        String artifactId();

        record Create(String artifactId, Facts facts) implements Command {}

        /** Nulls leave what is. */
        record Update(String artifactId, String title, Boolean primary, Map<String, String> metadata)
                implements Command {}

        record Delete(String artifactId) implements Command {}
    }

    /** What happened to an artifact. */
    public sealed interface Event {
        EventCodec<Event> CODEC = new EventCodec<>(Map.of(
                "artifact.created.v1", Created.class,
                "artifact.updated.v1", Updated.class,
                "artifact.deleted.v1", Deleted.class));

        String artifactId();

        record Created(String artifactId, Facts facts, Instant at) implements Event {}

        record Updated(String artifactId, String title, Boolean primary, Map<String, String> metadata, Instant at)
                implements Event {}

        record Deleted(String artifactId, Instant at) implements Event {}
    }

    private Artifact() {}

    @Override
    public ThreadId thread(Command command) {
        return ThreadId.of("artifact", command.artifactId());
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
        String id = command.artifactId();
        if (command instanceof Command.Create create) {
            return state == State.ABSENT
                    ? accept(new Event.Created(id, create.facts(), now))
                    : refuse(ALREADY_EXISTS, "Expected a new artifact, but " + id + " is " + state);
        }
        return switch (state) {
            case ABSENT -> refuse(NOT_FOUND, "Expected an artifact, but there is none with the id " + id);
            case DELETED -> wrongState(id, state, State.PRESENT);
            case PRESENT -> accept(change(command, now));
        };
    }

    private static Event change(Command command, Instant now) {
        return switch (command) {
            case Command.Create c -> new Event.Created(c.artifactId(), c.facts(), now);
            case Command.Update c -> new Event.Updated(c.artifactId(), c.title(), c.primary(), c.metadata(), now);
            case Command.Delete c -> new Event.Deleted(c.artifactId(), now);
        };
    }

    @Override
    public State evolve(State state, Event event) {
        return switch (event) {
            case Event.Created e -> State.PRESENT;
            case Event.Updated e -> State.PRESENT;
            case Event.Deleted e -> State.DELETED;
        };
    }
}
