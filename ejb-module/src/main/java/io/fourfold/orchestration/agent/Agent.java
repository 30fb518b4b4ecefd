package io.fourfold.orchestration.agent;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import java.util.Optional;

/** A provider of agents: {@code claude}, {@code command}, {@code replay}. One class and one row in {@link Agents}. */
public interface Agent {

    String name();

    /** What the phase asks for and this provider cannot do, in words for its author; empty when it can do all. */
    Optional<String> cannot(Phase phase);

    /** Whether it must reach the network: what need not, cannot. */
    boolean usesNetwork();

    /** Whether its output shows where it may be held; what shows none may be ended anywhere. */
    boolean yields();

    /**
     * Starts the agent in its place; its lines go to the sink as they come.
     *
     * @throws io.fourfold.orchestration.workspace.SandboxFailure when it cannot be started
     */
    Sandbox.Running start(Sandbox sandbox, Sandbox.Place place, Brief brief, Sandbox.LineSink sink);

    /**
     * Goes on with an agent that another server started: its lines come again from the first one.
     *
     * @param taken how many of them were taken before
     * @return empty when it is gone
     */
    default Optional<Sandbox.Running> attach(
            Sandbox sandbox, Sandbox.Place place, Brief brief, int taken, Sandbox.LineSink sink) {
        return sandbox.attach(place, sink);
    }
}
