package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.Agent;
import io.fourfold.orchestration.agent.Brief;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts the agent of a phase in its place, or goes on with it, and waits for its end. */
record AgentRun(House house, String executionId, Phase phase, Control control, Seat seat, PhaseWorkspace workspace) {

    private static final String TAKEN = "another server goes on with ";

    /**
     * The agent, its clock running; empty when another server started it and it is not there any more, or took its
     * workspace away.
     */
    Optional<TimedAgent> begin(AgentLines lines, boolean fresh, Instant deadline) throws InterruptedException {
        Agent agent = house.agents().of(phase.agent());
        Sandbox.Place place = workspace.place();
        ExecutionState state = control.state();
        Brief brief = new Provision(house, state).brief(executionId, phase, place, deadline);
        if (fresh
                && !workspace.isStarted()
                && !workspace.tell(new Workspace.Command.StartAgent(place.id(), agent.name()))
                && !workspace.isStarted()) {
            return Optional.empty();
        }
        if (fresh && !control.awaitHeld()) {
            throw new InterruptedException(TAKEN + executionId);
        }
        boolean held = !fresh && state.status() == Status.PAUSED;
        Optional<Sandbox.Running> running = fresh
                ? Optional.of(agent.start(house.sandbox(), place, brief, lines))
                : agent.attach(house.sandbox(), place, brief, lines.taken(), lines.rest());
        if (!fresh && held) {
            running.ifPresent(Sandbox.Running::freeze);
        } else if (!fresh) {
            running.ifPresent(Sandbox.Running::thaw);
        }
        Duration left =
                Duration.between(held ? state.hold().since() : house.clock().instant(), deadline);
        return running.map(started -> new TimedAgent(started, house.alarms(), left, held));
    }

    /** Its exit code, once it has ended and all it said was taken. */
    int watch(TimedAgent agent) throws InterruptedException {
        boolean isCommand = !house.agents().of(phase.agent()).yields();
        try {
            seat.attach(agent, isCommand, agent.isHeld());
            int exitCode = agent.await();
            if (control.isAbandoned()) {
                throw new InterruptedException(TAKEN + executionId);
            }
            return exitCode;
        } finally {
            agent.unwatch();
            seat.clear();
        }
    }

    /** Ends what runs in the place, whichever try it was. */
    void end() throws InterruptedException {
        Optional<Sandbox.Running> running = house.sandbox().attach(workspace.place(), (stream, text) -> {});
        if (running.isPresent()) {
            running.get().stop();
            running.get().await();
        }
    }
}
