package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.fourfold.kit.Wire;
import io.fourfold.orchestration.workspace.Collected;
import io.fourfold.orchestration.workspace.DockerSettings;
import io.fourfold.orchestration.workspace.TestDocker;
import io.fourfold.telemetry.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A scripted model API as the only neighbour on an internal Docker network; it keeps a ledger of its tokens. */
public final class ModelServer implements AutoCloseable {

    private static final String ALIAS = "model";
    private static final int PORT = 8080;

    /** Where an agent on {@link #network} finds it. */
    public static final String URL = "http://" + ALIAS + ":" + PORT;

    private final DockerClient docker;
    private final String network;
    private final String container;

    private ModelServer(DockerClient docker, String network, String container) {
        this.docker = docker;
        this.network = network;
        this.container = container;
    }

    /** Needs the workspace image, and skips the test where it cannot be had. */
    public static ModelServer start(Path program) {
        return start(program, List.of());
    }

    /** Plays the turns of a file of the program's format. */
    public static ModelServer start(Path program, Path turns) {
        return start(program, List.of(turns));
    }

    private static ModelServer start(Path program, List<Path> turns) {
        DockerClient docker = TestDocker.withWorkspaceImage();
        String network = "fourfold-it-" + UUID.randomUUID().toString().substring(0, 8);
        docker.createNetworkCmd().withName(network).withInternal(true).exec();
        List<String> command = new ArrayList<>(
                List.of("node", "/srv/" + program.getFileName(), "--host", "0.0.0.0", "--port", "" + PORT));
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(program.getParent().toString(), new Volume("/srv"), AccessMode.ro));
        for (Path file : turns) {
            command.addAll(List.of("--script", "/turns.json"));
            binds.add(new Bind(file.toString(), new Volume("/turns.json"), AccessMode.ro));
        }
        String container = docker.createContainerCmd(DockerSettings.IMAGE)
                .withCmd(command)
                .withAliases(ALIAS)
                .withHostConfig(
                        HostConfig.newHostConfig().withNetworkMode(network).withBinds(binds))
                .exec()
                .getId();
        docker.startContainerCmd(container).exec();
        ModelServer server = new ModelServer(docker, network, container);
        server.awaitReady();
        return server;
    }

    /** With an empty ledger and the turns that its file says by now. */
    public void restart() {
        docker.restartContainerCmd(container).withTimeout(0).exec();
        awaitReady();
    }

    private void awaitReady() {
        Collected.await(() -> ask("/ledger").startsWith("["), "the model server");
    }

    public String network() {
        return network;
    }

    /** What it says it handed out. */
    public Usage ledger() throws IOException {
        Usage sum = Usage.NONE;
        for (JsonNode row : Wire.MAPPER.readTree(ask("/ledger"))) {
            sum = sum.plus(new Usage(
                    row.path("input_tokens").longValue(),
                    row.path("output_tokens").longValue(),
                    row.path("cache_creation_input_tokens").longValue(),
                    row.path("cache_read_input_tokens").longValue()));
        }
        if (sum.total() == 0) {
            throw new IllegalStateException("Expected tokens in the ledger, but it is empty");
        }
        return sum;
    }

    private String ask(String path) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        String exec = docker.execCreateCmd(container)
                .withAttachStdout(true)
                .withCmd("curl", "-s", "http://127.0.0.1:" + PORT + path)
                .exec()
                .getId();
        try {
            docker.execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            answer.writeBytes(frame.getPayload());
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        docker.removeContainerCmd(container).withForce(true).exec();
        docker.removeNetworkCmd(network).exec();
    }
}
