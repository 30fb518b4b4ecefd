package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Workbench.ID;
import static io.fourfold.orchestration.execution.Workbench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.Session;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One runner leaves off and another one goes on, with agents that really run. */
@Timeout(60)
@Tag("machine")
class HandoverTest {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(folder);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        bench.close();
        assertThat(bench.leftovers()).isEmpty();
    }

    private CompletableFuture<Void> startBusy(Runner runner, int turns, int timeoutSeconds) throws Exception {
        bench.queue(ControlTest.busy(turns, timeoutSeconds));
        CompletableFuture<Void> run = bench.started(runner);
        until(() -> bench.seen(ObservationType.TOOL_COMPLETED) > 0, "the first tool result");
        return run;
    }

    private static void end(CompletableFuture<Void> run) throws Exception {
        run.get(30, TimeUnit.SECONDS);
    }

    @Test
    void anotherRunnerGoesOnWithTheAgentAndSeesEachLineOnce() throws Exception {
        Runner first = bench.runner();
        CompletableFuture<Void> run = startBusy(first, 30, 60);
        first.leave();
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.RUNNING);
        Thread.sleep(300);
        end(bench.started(bench.runner()));
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.TOOL_COMPLETED)).isEqualTo(30);
        assertThat(bench.telemetry.stream().map(Observation::seq)).doesNotHaveDuplicates();
        assertThat(bench.events())
                .filteredOn(e -> e instanceof ExecutionEvent.AgentFinished)
                .hasSize(2);
    }

    @Test
    void anAgentThatIsHeldIsHeldOnByTheNextRunnerAndThenGoesOn() throws Exception {
        Runner first = bench.runner();
        CompletableFuture<Void> run = startBusy(first, 10, 8);
        bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"));
        until(() -> bench.state().status() == Status.PAUSED, "the pause");
        first.leave();
        end(run);
        CompletableFuture<Void> second = bench.started(bench.runner());
        Thread.sleep(8_500);
        int held = bench.telemetry.size();
        Thread.sleep(300);
        assertThat(bench.telemetry).hasSize(held);
        bench.tell(new ExecutionCommand.Resume(ID));
        end(second);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.TOOL_COMPLETED)).isEqualTo(10);
    }

    @Test
    void anAgentThatWasHeldGoesOnWhenItsExecutionWasResumedWhileNobodyRanIt() throws Exception {
        Runner first = bench.runner();
        CompletableFuture<Void> run = startBusy(first, 30, 60);
        bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"));
        until(() -> bench.state().status() == Status.PAUSED, "the pause");
        first.leave();
        end(run);
        bench.tell(new ExecutionCommand.Resume(ID));
        end(bench.started(bench.runner()));
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.TOOL_COMPLETED)).isEqualTo(30);
    }

    @Test
    void workThatWasDoneInTimeIsDoneThoughNobodyLookedUntilItsTimeWasOver() throws Exception {
        Runner first = bench.runner();
        CompletableFuture<Void> run = startBusy(first, 10, 8);
        first.leave();
        end(run);
        Thread.sleep(8_500);
        end(bench.started(bench.runner()));
        assertThat(bench.state().status())
                .as(() -> bench.events().toList().toString())
                .isEqualTo(Status.COMPLETED);
    }

    @Test
    void whatIsEndedWhileNobodyRunsItIsClosedWithWhatItsAgentCost() throws Exception {
        Runner first = bench.runner();
        CompletableFuture<Void> run = startBusy(first, 1_000, 60);
        first.leave();
        end(run);
        bench.tell(new ExecutionCommand.Cancel(ID, "no more", true));
        String workspace = bench.state().phase("one").orElseThrow().workspaceId();
        bench.runner().bury(ID, workspace);
        assertThat(bench.commands.state(Workspace.AGGREGATE, Workspace.threadOf(workspace)))
                .isEqualTo(Workspace.State.DESTROYED);
        assertThat(bench.house.sandbox().sweep(any -> false)).isEmpty();
        assertThat(bench.only(ExecutionEvent.AgentFinished.class).result().toolCalls())
                .isPositive();
        String session = bench.state().phase("one").orElseThrow().sessionId();
        assertThat(bench.commands
                        .state(Session.AGGREGATE, Session.threadOf(session))
                        .standing())
                .isEqualTo(Session.Standing.COMPLETED);
    }

    @Test
    void whatWasLeftBeforeARetryIsClosedBeforeItGoesOn() throws Exception {
        Runner first = bench.runner();
        CompletableFuture<Void> run = startBusy(first, 1_000, 60);
        first.leave();
        end(run);
        Progress before = bench.state().phase("one").orElseThrow();
        bench.tell(new ExecutionCommand.Interrupt(ID, "its server is gone"));
        bench.tell(new ExecutionCommand.Retry(ID));
        Runner second = bench.runner();
        run = bench.started(second);
        Workbench.until(
                () -> bench.state().phase("one").map(Progress::workspaceId).isPresent(), "the phase anew");
        assertThat(bench.commands
                        .state(Session.AGGREGATE, Session.threadOf(before.sessionId()))
                        .standing())
                .isEqualTo(Session.Standing.COMPLETED);
        assertThat(bench.commands.state(Workspace.AGGREGATE, Workspace.threadOf(before.workspaceId())))
                .isEqualTo(Workspace.State.DESTROYED);
        assertThat(bench.house.sandbox().find(before.workspaceId(), Sandbox.Limits.DEFAULT))
                .isEmpty();
        bench.tell(new ExecutionCommand.Cancel(ID, "enough", true));
        end(run);
    }

    @Test
    void aRunnerThatMayHaveLostItsExecutionTakesNoLineUntilItKnows() throws Exception {
        Runner runner = bench.runner();
        CompletableFuture<Void> run = startBusy(runner, 20, 60);
        runner.holdsUntil(Instant.EPOCH);
        Thread.sleep(300);
        int unsure = bench.telemetry.size();
        Thread.sleep(300);
        assertThat(bench.telemetry).hasSize(unsure);
        runner.holdsUntil(Instant.MAX);
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.TOOL_COMPLETED)).isEqualTo(20);
    }

    @Test
    void aRecordingIsGoneOnWithByTheNextRunner() throws Exception {
        StringBuilder recording = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            recording
                    .append("{\"type\":\"assistant\",\"_offset_ms\":")
                    .append(i * 100)
                    .append(",\"message\":{\"id\":\"m")
                    .append(i)
                    .append("\",\"model\":\"claude-haiku-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"t\"}],")
                    .append("\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n");
        }
        recording.append("{\"type\":\"result\",\"_offset_ms\":2000,\"is_error\":false,\"result\":\"done\"}\n");
        bench.queue(
                "{id: w, phases: [{id: one, agent: replay, recording: r.jsonl, prompt: x}]}",
                Map.of("r.jsonl", recording.toString()),
                List.of());
        Runner first = bench.runner();
        CompletableFuture<Void> run = bench.started(first);
        until(() -> bench.seen(ObservationType.MESSAGE) > 5, "some messages");
        first.leave();
        end(run);
        end(bench.started(bench.runner()));
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.MESSAGE)).isEqualTo(20);
        assertThat(bench.state().spent().tokensIn()).isEqualTo(20);
    }
}
