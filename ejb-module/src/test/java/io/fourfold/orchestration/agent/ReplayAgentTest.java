package io.fourfold.orchestration.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.orchestration.workspace.Collected;
import io.fourfold.orchestration.workspace.ProcessSandbox;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.SandboxFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayAgentTest {

    private static final String RECORDING = """
            {"_recording":{"version":1}}
            {"type":"system","subtype":"init","_offset_ms":100}
            {"type":"assistant","_offset_ms":300}

            {"type":"result","is_error":false,"_offset_ms":1000}
            """;

    @TempDir
    Path folder;

    private final Collected lines = new Collected();
    private final List<Long> restedMillis = new CopyOnWriteArrayList<>();
    private final ReplayAgent agent = new ReplayAgent((changed, nanos) -> {
        restedMillis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
        return 0;
    });
    private Sandbox sandbox;
    private Sandbox.Place place;

    @BeforeEach
    void open() {
        sandbox = ProcessSandbox.at(folder, List.of());
        place = sandbox.create("ws-1", Sandbox.Limits.DEFAULT);
    }

    @Test
    void linesComeUnchangedInTheRecordedTime() throws Exception {
        assertThat(start(1, lines).await()).isZero();
        assertThat(lines.out()).hasSize(3).allMatch(RECORDING::contains).noneMatch(line -> line.contains("_recording"));
        assertThat(restedMillis).containsExactly(100L, 200L, 700L);
    }

    @Test
    void paceStretchesTimeAndZeroLeavesItOut() throws Exception {
        assertThat(start(2, lines).await()).isZero();
        assertThat(restedMillis).containsExactly(200L, 400L, 1400L);
        restedMillis.clear();
        assertThat(start(0, lines).await()).isZero();
        assertThat(restedMillis).isEmpty();
    }

    @Test
    void itsFilesAreThereWhenTheResultIs() throws Exception {
        List<Boolean> there = new CopyOnWriteArrayList<>();
        start(0, (stream, line) -> there.add(Files.exists(place.output().resolve("deep/summary.md"))))
                .await();
        assertThat(there).containsExactly(false, false, true);
        assertThat(place.output().resolve("deep/summary.md")).hasContent("# Done");
        assertThat(place.root().resolve("elsewhere.md")).doesNotExist();
    }

    @Test
    void frozenItStandsStillAndThawedItGoesOn() throws Exception {
        CopyOnWriteArrayList<Sandbox.Running> self = new CopyOnWriteArrayList<>();
        Sandbox.Running running = start(0, (stream, line) -> {
            Collected.await(() -> !self.isEmpty(), "the start");
            if (lines.count() == 0) {
                self.getFirst().freeze();
            }
            lines.line(stream, line);
        });
        self.add(running);
        Collected.await(() -> lines.count() == 1, "the first line");
        Collected.rest(100);
        assertThat(lines.count()).isEqualTo(1);
        running.thaw();
        assertThat(running.await()).isZero();
        assertThat(lines.count()).isEqualTo(3);
    }

    @Test
    void stoppedItEndsAtOnceWithoutAResult() throws Exception {
        Sandbox.Running running = new ReplayAgent().start(sandbox, place, ClaudeAgentTest.brief(1e6, files()), lines);
        running.freeze();
        running.stop();
        assertThat(running.await()).isEqualTo(143);
        assertThat(lines.out()).noneMatch(line -> line.contains("result"));
    }

    @Test
    void aRecordingThatIsNotThereIsAFailureThatNamesIt() {
        assertThatThrownBy(() -> agent.start(sandbox, place, ClaudeAgentTest.brief(0, Map.of()), lines))
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("recordings/one/events.jsonl");
    }

    private Sandbox.Running start(double pace, LineSink sink) {
        return agent.start(sandbox, place, ClaudeAgentTest.brief(pace, files()), sink);
    }

    private static Map<String, byte[]> files() {
        return Map.of(
                "recordings/one/events.jsonl", bytes(RECORDING),
                "recordings/one/workspace/artifacts/output/deep/summary.md", bytes("# Done"),
                "recordings/other/workspace/elsewhere.md", bytes("x"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
