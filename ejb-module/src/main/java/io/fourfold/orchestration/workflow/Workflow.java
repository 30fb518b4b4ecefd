package io.fourfold.orchestration.workflow;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.INVALID_INPUT;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A workflow: its definition, revised over time, until it is archived. */
public final class Workflow implements Aggregate<Workflow.Command, Workflow.State, Workflow.Event> {

    public static final Workflow AGGREGATE = new Workflow();

    /** What may be asked of a workflow. */
    public sealed interface Command {
        String workflowId();

        /** Makes it, or with {@code replace} makes its next revision; the same definition again changes nothing. */
        record Create(String workflowId, WorkflowDefinition definition, boolean replace) implements Command {}

        /** Changes one phase's prompt and, where not null, its model, timeout and tools. */
        record UpdatePhase(
                String workflowId,
                String phaseId,
                String prompt,
                String model,
                Integer timeoutSeconds,
                List<String> allowedTools)
                implements Command {}

        record Archive(String workflowId) implements Command {}
    }

    /** What happened to a workflow. */
    public sealed interface Event {
        EventCodec<Event> CODEC = new EventCodec<>(Map.of(
                "workflow.created.v1", Created.class,
                "workflow.phase_updated.v1", PhaseUpdated.class,
                "workflow.archived.v1", Archived.class));

        String workflowId();

        Instant at();

        record Created(String workflowId, long revision, WorkflowDefinition definition, Instant at) implements Event {}

        record PhaseUpdated(String workflowId, long revision, Phase phase, Instant at) implements Event {}

        record Archived(String workflowId, Instant at) implements Event {}
    }

    /** Revision 0 while there is none. */
    public record State(long revision, WorkflowDefinition definition, boolean archived) {
        public boolean exists() {
            return revision > 0;
        }
    }

    private Workflow() {}

    public static ThreadId threadOf(String workflowId) {
        return ThreadId.of("workflow", workflowId);
    }

    @Override
    public ThreadId thread(Command command) {
        return threadOf(command.workflowId());
    }

    /** One thread is read for every execution of it. */
    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public State initial() {
        return new State(0, null, false);
    }

    @Override
    public EventCodec<Event> codec() {
        return Event.CODEC;
    }

    @Override
    public Decision<Event> decide(Command command, State state, Instant now) {
        String id = command.workflowId();
        if (!state.exists() && !(command instanceof Command.Create)) {
            return refuse(NOT_FOUND, "Expected a workflow, but there is none with the id " + id);
        }
        return switch (command) {
            case Command.Create create -> create(create, state, now);
            case Command.UpdatePhase update -> update(update, state, now);
            case Command.Archive archive ->
                state.archived() ? accept(List.of()) : accept(new Event.Archived(archive.workflowId(), now));
        };
    }

    @Override
    public State evolve(State state, Event event) {
        return switch (event) {
            case Event.Created e -> new State(e.revision(), e.definition(), false);
            case Event.PhaseUpdated e ->
                new State(e.revision(), state.definition().with(e.phase()), state.archived());
            case Event.Archived e -> new State(state.revision(), state.definition(), true);
        };
    }

    private static Decision<Event> create(Command.Create create, State state, Instant now) {
        if (state.exists() && !create.replace()) {
            return refuse(ALREADY_EXISTS, "Expected a new workflow, but " + create.workflowId() + " exists");
        }
        if (state.exists() && !state.archived() && state.definition().equals(create.definition())) {
            return accept(List.of());
        }
        return accept(new Event.Created(create.workflowId(), state.revision() + 1, create.definition(), now));
    }

    private static Decision<Event> update(Command.UpdatePhase update, State state, Instant now) {
        if (state.archived()) {
            return refuse(WRONG_STATE, "Expected an active workflow, but " + update.workflowId() + " is archived");
        }
        Optional<String> wrong = state.definition()
                .phase(update.phaseId())
                .flatMap(phase -> wrong(state.definition(), phase, update.prompt()));
        if (wrong.isPresent()) {
            return refuse(INVALID_INPUT, "prompt_template: " + wrong.get());
        }
        return state.definition()
                .phase(update.phaseId())
                .map(p -> accept((Event)
                        new Event.PhaseUpdated(update.workflowId(), state.revision() + 1, changed(p, update), now)))
                .orElseGet(() -> refuse(
                        INVALID_INPUT,
                        "phase_id: expected a phase of " + update.workflowId() + ", but was " + update.phaseId()));
    }

    /** As a workflow file is checked: its placeholders stand for inputs and for phases before. */
    private static Optional<String> wrong(WorkflowDefinition definition, Phase phase, String prompt) {
        if (prompt.isBlank()) {
            return Optional.of("expected text, but it is blank");
        }
        Set<String> known = new TreeSet<>(Placeholders.BUILT_IN);
        definition.inputs().forEach(input -> known.add(input.name()));
        definition.phases().stream()
                .filter(other -> other.order() < phase.order())
                .forEach(other -> known.add(other.id()));
        return Placeholders.in(prompt).stream()
                .filter(mention -> !known.contains(mention.name()))
                .findFirst()
                .map(mention -> "expected one of " + String.join(", ", known) + ", but was " + mention.token());
    }

    private static Phase changed(Phase phase, Command.UpdatePhase update) {
        return phase.with(
                update.prompt(),
                update.model() == null ? phase.model() : update.model(),
                update.timeoutSeconds() == null ? phase.timeoutSeconds() : update.timeoutSeconds(),
                update.allowedTools() == null ? phase.allowedTools() : update.allowedTools());
    }
}
