package io.fourfold.orchestration.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.fourfold.kit.Wire;
import io.fourfold.orchestration.Shared;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Collected;
import io.fourfold.orchestration.workspace.DockerSandbox;
import io.fourfold.orchestration.workspace.DockerSettings;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.TestDocker;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Claude Code in a real container, whose only neighbour on an internal network is a scripted model API. */
@Timeout(300)
class ClaudeInDockerIT {

    private static final String NETWORK_ALIAS = "model";
    private static final int PORT = 8080;

    @TempDir
    Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<Seen> seen = new ArrayList<>();
    private final Transcript transcript = new Transcript(Prices.DEFAULT);
    private final Collected lines = new Collected();
    private DockerClient docker;
    private String network;
    private String model;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        Path server = Shared.file("tools/fake-model-server.mjs");
        docker = TestDocker.withWorkspaceImage();
        network = docker.createNetworkCmd()
                .withName("fourfold-it-" + run)
                .withInternal(true)
                .exec()
                .getId();
        model = docker.createContainerCmd(DockerSettings.IMAGE)
                .withCmd("node", "/srv/" + server.getFileName(), "--host", "0.0.0.0", "--port", "" + PORT)
                .withAliases(NETWORK_ALIAS)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("fourfold-it-" + run)
                        .withBinds(new Bind(server.getParent().toString(), new Volume("/srv"), AccessMode.ro)))
                .exec()
                .getId();
        docker.startContainerCmd(model).exec();
        sandbox = new DockerSandbox(
                docker, folder, new DockerSettings(DockerSettings.IMAGE, run, "fourfold-it-" + run, null));
        Collected.await(() -> ask("/ledger").startsWith("["), "the model server");
    }

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.sweep(Set.of());
        }
        if (model != null) {
            docker.removeContainerCmd(model).withForce(true).exec();
            docker.removeNetworkCmd(network).exec();
        }
    }

    @Test
    void aPhaseWithAToolCallIsToldAndCountedExactly() throws Exception {
        Sandbox.Place place = place();
        Sandbox.Running running = agent().start(sandbox, place, brief(), this::take);
        assertThat(running.await()).as("%s %s", lines.out(), lines.err()).isZero();
        Summary summary = transcript.summary();
        assertThat(summary.success()).isTrue();
        assertThat(summary.toolsInOrder()).containsExactly("Bash");
        assertThat(seen)
                .extracting(Seen::type)
                .contains(ObservationType.TOOL_COMPLETED)
                .doesNotContain(ObservationType.ERROR);
        assertThat(summary.usage()).isEqualTo(ledger());
        assertThat(summary.unpriced()).isEmpty();
        sandbox.destroy(place);
    }

    @Test
    void heldAtItsFirstToolResultItGoesOnAsIfNothingHadBeen() throws Exception {
        AtomicReference<Sandbox.Running> running = new AtomicReference<>();
        running.set(agent().start(sandbox, place(), brief(), (stream, text) -> {
            boolean first = seen.stream().noneMatch(one -> one.type() == ObservationType.TOOL_COMPLETED);
            take(stream, text);
            if (first && seen.stream().anyMatch(one -> one.type() == ObservationType.TOOL_COMPLETED)) {
                Collected.await(() -> running.get() != null, "the start");
                running.get().freeze();
                Collected.rest(1_000);
                running.get().thaw();
            }
        }));
        assertThat(running.get().await()).isZero();
        assertThat(transcript.summary().success()).isTrue();
        assertThat(transcript.summary().usage()).isEqualTo(ledger());
    }

    private synchronized void take(Sandbox.Stream stream, String text) {
        lines.line(stream, text);
        seen.addAll(transcript.accept(stream, text, Instant.EPOCH));
    }

    private Sandbox.Place place() {
        return sandbox.create("ws-" + UUID.randomUUID().toString().substring(0, 12), Sandbox.Limits.DEFAULT);
    }

    private static ClaudeAgent agent() {
        return new ClaudeAgent("claude", "placeholder", "http://" + NETWORK_ALIAS + ":" + PORT);
    }

    private static Brief brief() {
        Phase phase = new Phase(
                "p1",
                "p1",
                1,
                null,
                null,
                "",
                "claude",
                "sonnet",
                null,
                0,
                List.of("Bash"),
                null,
                300,
                null,
                List.of(),
                List.of(),
                "sequential",
                null);
        return new Brief("exec-1", phase, "List the files.", Instant.parse("2030-01-01T00:00:00Z"), null, Map.of());
    }

    /** What the server says it handed out. */
    private Usage ledger() throws Exception {
        Usage sum = Usage.NONE;
        for (JsonNode row : Wire.MAPPER.readTree(ask("/ledger"))) {
            sum = sum.plus(new Usage(
                    row.path("input_tokens").longValue(),
                    row.path("output_tokens").longValue(),
                    row.path("cache_creation_input_tokens").longValue(),
                    row.path("cache_read_input_tokens").longValue()));
        }
        assertThat(sum.total()).isPositive();
        return sum;
    }

    private String ask(String path) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        String exec = docker.execCreateCmd(model)
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
}
