package io.fourfold.orchestration.agent;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import java.util.List;
import java.util.Optional;

/** Runs a command line; what it prints is output, or stream-json where it speaks that. */
public final class CommandAgent implements Agent {

    private final boolean network;

    /** Without a network. */
    public CommandAgent() {
        this(false);
    }

    public CommandAgent(boolean network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public boolean usesNetwork() {
        return network;
    }

    @Override
    public boolean yields() {
        return false;
    }

    @Override
    public Optional<String> cannot(Phase phase) {
        if (phase.maxTokens() != null) {
            return Optional.of("Expected no max_tokens, but phase " + phase.id() + " runs a command: it has no model");
        }
        if (!phase.allowedTools().isEmpty()) {
            return Optional.of("Expected no allowed_tools, but phase " + phase.id() + " runs a command: it has none");
        }
        return Optional.empty();
    }

    @Override
    public Sandbox.Running start(Sandbox sandbox, Sandbox.Place place, Brief brief, Sandbox.LineSink sink) {
        List<String> argv = List.of("sh", "-c", brief.prompt());
        return sandbox.start(place, new Program(argv, Surroundings.of(brief, place), ".", null), sink);
    }
}
