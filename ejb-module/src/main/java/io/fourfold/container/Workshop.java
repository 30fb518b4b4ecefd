package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.orchestration.agent.Agents;
import io.fourfold.orchestration.agent.ClaudeAgent;
import io.fourfold.orchestration.agent.CommandAgent;
import io.fourfold.orchestration.agent.ReplayAgent;
import io.fourfold.orchestration.workspace.Docker;
import io.fourfold.orchestration.workspace.DockerSettings;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspaces;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;

/** The agents there are and the place they work in, as the settings say. */
@ApplicationScoped
public class Workshop {

    private static final Logger LOG = Logger.getLogger(Workshop.class.getName());

    @Inject
    EngineConfigs configs;

    private Agents agents;
    private Sandbox sandbox;

    @PostConstruct
    void open() {
        Located claude = Located.find(
                Configuration.text(Settings.CLAUDE), System.getenv().getOrDefault("PATH", ""));
        sandbox = choose(claude.readable());
        sandbox.warning().ifPresent(LOG::warning);
        boolean here = sandbox.name().equals("process");
        agents = new Agents(List.of(
                new ClaudeAgent(
                        here ? claude.command() : Configuration.text(Settings.CLAUDE),
                        Configuration.text(Settings.ANTHROPIC_KEY),
                        Configuration.text(Settings.ANTHROPIC_URL),
                        () -> configs.current().prices()),
                new CommandAgent(Configuration.oneOf(Settings.COMMAND_NETWORK, List.of("true", "false"))
                        .equals("true")),
                new ReplayAgent()));
    }

    private static Sandbox choose(List<Path> readable) {
        Path data = Wiring.data();
        DockerSettings settings = new DockerSettings(
                Configuration.text(Settings.IMAGE), installation(data), Configuration.text(Settings.NETWORK), null);
        return Workspaces.choose(
                Configuration.text(Settings.BACKEND),
                data.resolve("workspaces"),
                Docker.client(Configuration.text(Settings.DOCKER_HOST)),
                settings,
                readable);
    }

    /** Names what belongs to this folder of data, whichever node works there: two of them may share an engine. */
    private static String installation(Path data) {
        Path file = data.resolve("installation");
        try {
            if (!Files.exists(file)) {
                Path fresh = Files.createTempFile(data, "installation", "");
                Files.writeString(fresh, UUID.randomUUID().toString());
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot keep the name of this installation in " + file, broken);
        }
    }

    public Agents agents() {
        return agents;
    }

    public Sandbox sandbox() {
        return sandbox;
    }
}
