package io.fourfold.orchestration.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.Shared;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Collected;
import io.fourfold.orchestration.workspace.DockerSandbox;
import io.fourfold.orchestration.workspace.DockerSettings;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.TestDocker;
import io.fourfold.telemetry.ObservationType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @TempDir
    Path folder;

    private final List<Seen> seen = new ArrayList<>();
    private final Transcript transcript = new Transcript(Prices.DEFAULT);
    private final Collected lines = new Collected();
    private ModelServer model;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        model = ModelServer.start(Shared.file("tools/fake-model-server.mjs"));
        sandbox = new DockerSandbox(
                TestDocker.client(),
                folder,
                new DockerSettings(DockerSettings.IMAGE, model.network(), model.network(), null));
    }

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.sweep(any -> false);
        }
        if (model != null) {
            model.close();
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
        assertThat(summary.usage()).isEqualTo(model.ledger());
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
        assertThat(transcript.summary().usage()).isEqualTo(model.ledger());
    }

    private synchronized void take(Sandbox.Stream stream, String text) {
        lines.line(stream, text);
        seen.addAll(transcript.accept(stream, text, Instant.EPOCH));
    }

    private Sandbox.Place place() {
        return sandbox.create("ws-" + UUID.randomUUID().toString().substring(0, 12), Sandbox.Limits.DEFAULT);
    }

    private static ClaudeAgent agent() {
        return new ClaudeAgent("claude", "placeholder", ModelServer.URL, () -> Prices.DEFAULT);
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
}
