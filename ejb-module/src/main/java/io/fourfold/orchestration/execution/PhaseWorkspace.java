package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import io.fourfold.kit.Outcome;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import java.util.List;

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

    /** Its place may be there all the same, until the next sweep. */
    boolean isEnded() {
        return record.state() == Workspace.State.DESTROYED;
    }

    boolean isStarted() {
        return record.state() == Workspace.State.AGENT_STARTED;
    }

    Workspace.Command.Create creation(String executionId, String phaseId) {
        return new Workspace.Command.Create(
                id, executionId, phaseId, house.sandbox().name());
    }

    /** It is given up; the place is taken away after that is on record, by a sweep at the latest. */
    Opened.Step<?, ?, ?> end() {
        return step(new Workspace.Command.Destroy(id));
    }

    Opened.Step<?, ?, ?> step(Workspace.Command... commands) {
        return record.steps(List.of(commands), any -> true);
    }

    /** Whether it was accepted. */
    boolean tell(Workspace.Command command) throws InterruptedException {
        return house.tell(step(command)) instanceof Outcome.Done;
    }

    void make(Sandbox.Limits limits) {
        place = house.sandbox().create(id, limits);
    }

    /** Whether its place is here. */
    boolean find(Sandbox.Limits limits) {
        place = house.sandbox().find(id, limits).orElse(null);
        return place != null;
    }

    /** Says that it is given up, unless that was said, and takes the place away. */
    void destroy() throws InterruptedException {
        house.tell(end());
        if (place != null) {
            house.sandbox().destroy(place);
        }
    }
}
