package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** The workspace of one phase: its record, and its place once that is there. */
final class PhaseWorkspace {

    private final House house;
    private final String id;
    private final Opened<Workspace.Command, Workspace.State, Workspace.Event> record;
    private Sandbox.Place place;

    private PhaseWorkspace(House house, String id, Opened<Workspace.Command, Workspace.State, Workspace.Event> record) {
        this.house = house;
        this.id = id;
        this.record = record;
    }

    static PhaseWorkspace fresh(House house) {
        String id = house.ids().workspace();
        return new PhaseWorkspace(
                house, id, house.commands().begin(Workspace.AGGREGATE, Workspace.threadOf(id), house.actor()));
    }

    /** One that another server made. */
    static PhaseWorkspace known(House house, String id) {
        return new PhaseWorkspace(
                house, id, house.commands().open(Workspace.AGGREGATE, Workspace.threadOf(id), house.actor()));
    }

    String id() {
        return id;
    }

    /** Null as long as there is none. */
    Sandbox.Place place() {
        return place;
    }

    boolean isStarted() {
        return record.state() == Workspace.State.AGENT_STARTED;
    }

    Workspace.Command creation(String executionId, String phaseId) {
        return new Workspace.Command.Create(
                id, executionId, phaseId, house.sandbox().name());
    }

    Opened.Step<?, ?, ?> step(List<Workspace.Command> commands) {
        return record.steps(commands, any -> true);
    }

    /** Whether it was accepted. */
    boolean tell(Workspace.Command command) throws InterruptedException {
        return house.tell(step(List.of(command))) instanceof Outcome.Done;
    }

    void make(Sandbox.Limits limits) {
        place = house.sandbox().create(id, limits);
    }

    /** Whether its place is here. */
    boolean find(Sandbox.Limits limits) {
        place = house.sandbox().find(id, limits).orElse(null);
        return place != null;
    }

    /** Takes the place away; what says so, if the workspace is on record. */
    Optional<Opened.Step<?, ?, ?>> destroy() {
        if (place != null) {
            house.sandbox().destroy(place);
        }
        return record.state() == Workspace.State.ABSENT
                ? Optional.empty()
                : Optional.of(step(List.of(new Workspace.Command.Destroy(id))));
    }
}
