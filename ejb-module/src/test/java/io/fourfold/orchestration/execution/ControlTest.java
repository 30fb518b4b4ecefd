package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Workbench.ID;
import static io.fourfold.orchestration.execution.Workbench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.telemetry.ObservationType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pausing, cancelling, interrupting and picking up executions whose agents really run. */
@Timeout(60)
@Tag("machine")
class ControlTest {

    /** An agent that uses a tool every now and then, {@code turns} times. */
    static String busy(int turns, int timeoutSeconds) {
        return """
                id: w
                phases:
                  - id: one
                    timeout_seconds: %d
                    run: |
                      for i in $(seq %d); do
                        echo '{"type":"assistant","message":{"id":"m'$i'","model":"claude-haiku-4-5","content":[
                          {"type":"tool_use","id":"t'$i'","name":"Bash","input":{}}]}}' | tr -d '\\n'; echo
                        echo '{"type":"user","message":{"content":[
                          {"type":"tool_result","tool_use_id":"t'$i'","content":"ok"}]}}' | tr -d '\\n'; echo
                        sleep 0.05
                      done
                  - {id: two, run: "true"}
                """.formatted(timeoutSeconds, turns);
    }

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
        bench.queue(busy(turns, timeoutSeconds));
        CompletableFuture<Void> run = bench.started(runner);
        until(() -> bench.seen(ObservationType.TOOL_COMPLETED) > 0, "the first tool result");
        return run;
    }

    private static void end(CompletableFuture<Void> run) throws Exception {
        run.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aPauseHoldsTheAgentAtAYieldPointUntilItIsResumed() throws Exception {
        CompletableFuture<Void> run = startBusy(bench.runner(), 15, 30);
        assertThat(bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"))).isTrue();
        until(() -> bench.state().status() == Status.PAUSED, "the pause");
        assertThat(bench.only(ExecutionEvent.Paused.class).yieldPoint()).startsWith("after ");
        Thread.sleep(200);
        int held = bench.telemetry.size();
        Thread.sleep(300);
        assertThat(bench.telemetry).hasSize(held);
        assertThat(bench.tell(new ExecutionCommand.Resume(ID))).isTrue();
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.TOOL_COMPLETED)).isEqualTo(15);
    }

    @Test
    void aHeldAgentDoesNotRunOutOfTime() throws Exception {
        CompletableFuture<Void> run = startBusy(bench.runner(), 10, 3);
        bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"));
        until(() -> bench.state().status() == Status.PAUSED, "the pause");
        Thread.sleep(3_500);
        bench.tell(new ExecutionCommand.Resume(ID));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aCancelTakesEffectAtTheNextYieldPoint() throws Exception {
        CompletableFuture<Void> run = startBusy(bench.runner(), 1_000, 60);
        bench.tell(new ExecutionCommand.Cancel(ID, "no more", false));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.CANCELLED);
        assertThat(bench.only(ExecutionEvent.Cancelled.class).reason()).startsWith("cancelled after ");
        assertThat(bench.only(ExecutionEvent.Cancelled.class).phaseIds()).containsExactly("one");
    }

    @Test
    void aForcedCancelStopsAnAgentThatSaysNothing() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'echo begun; sleep 60'}]}");
        CompletableFuture<Void> run = bench.started(bench.runner());
        until(() -> bench.seen(ObservationType.STREAM_CHUNK) > 0, "the agent");
        bench.tell(new ExecutionCommand.Cancel(ID, "no more", true));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void aCommandThatShowsNoYieldPointIsCancelledInTheMiddle() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'echo begun; sleep 60'}]}");
        CompletableFuture<Void> run = bench.started(bench.runner());
        until(() -> bench.seen(ObservationType.STREAM_CHUNK) > 0, "the command");
        bench.tell(new ExecutionCommand.Cancel(ID, "no more", false));
        end(run);
        assertThat(bench.only(ExecutionEvent.Cancelled.class).reason()).endsWith("in the middle of a command");
    }

    @Test
    void aCommandThatShowsNoYieldPointIsHeldInTheMiddleAndGoesOn() throws Exception {
        bench.queue(
                "{id: w, phases: [{id: one, run: 'i=0; while [ $i -lt 20 ]; do echo $i; sleep 0.1; i=$((i+1)); done'}]}");
        CompletableFuture<Void> run = bench.started(bench.runner());
        until(() -> bench.seen(ObservationType.STREAM_CHUNK) > 0, "the command");
        bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"));
        until(() -> bench.state().status() == Status.PAUSED, "the pause");
        Thread.sleep(200);
        int held = bench.telemetry.size();
        Thread.sleep(400);
        assertThat(bench.telemetry).hasSize(held);
        bench.tell(new ExecutionCommand.Resume(ID));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.seen(ObservationType.STREAM_CHUNK)).isEqualTo(20);
    }

    @Test
    void aCancelBeforeTheFirstPhaseStartsNoAgent() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'true'}]}");
        bench.tell(new ExecutionCommand.Start(ID, "node"));
        bench.tell(new ExecutionCommand.Cancel(ID, "no more", false));
        assertThat(bench.run().status()).isEqualTo(Status.CANCELLED);
        assertThat(bench.events()).noneMatch(ExecutionEvent.PhaseStarted.class::isInstance);
    }

    @Test
    void aHeldExecutionCanBeCancelled() throws Exception {
        CompletableFuture<Void> run = startBusy(bench.runner(), 1_000, 60);
        bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"));
        until(() -> bench.state().status() == Status.PAUSED, "the pause");
        bench.tell(new ExecutionCommand.Cancel(ID, "no more", false));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void shuttingDownInterruptsWhatRuns() throws Exception {
        Runner runner = bench.runner();
        CompletableFuture<Void> run = startBusy(runner, 1_000, 60);
        runner.shutDown(Duration.ofSeconds(10));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.INTERRUPTED);
    }

    @Test
    void anExecutionThatIsTriedAgainAtOnceIsNotFailedByTheRunBefore() throws Exception {
        Runner runner = bench.runner();
        CompletableFuture<Void> first = startBusy(runner, 10, 60);
        bench.tell(new ExecutionCommand.Interrupt(ID, "a drill"));
        bench.tell(new ExecutionCommand.Retry(ID));
        CompletableFuture<Void> second = bench.started(runner);
        end(first);
        end(second);
        assertThat(bench.state().status())
                .as(() -> bench.events().toList().toString())
                .isEqualTo(Status.COMPLETED);
        assertThat(bench.events()).noneMatch(ExecutionEvent.Failed.class::isInstance);
    }

    @Test
    void aPhaseWhoseWorkspaceWasNotReadyYetIsBegunAgain() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'true'}]}");
        bench.tell(new ExecutionCommand.Start(ID, "lost"));
        bench.tell(new ExecutionCommand.StartPhase(ID, "one", "session"));
        assertThat(bench.run().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anExecutionThatLostItsAgentInMidPhaseIsInterruptedAndMayBeTriedAgain() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'true'}]}");
        bench.tell(new ExecutionCommand.Start(ID, "lost"));
        bench.tell(new ExecutionCommand.StartPhase(ID, "one", "session"));
        bench.tell(new ExecutionCommand.ProvisionWorkspace(ID, "one", "ws-gone", Map.of()));
        assertThat(bench.run().status()).isEqualTo(Status.INTERRUPTED);
        assertThat(bench.only(ExecutionEvent.Interrupted.class).lost()).isTrue();
        bench.tell(new ExecutionCommand.Retry(ID));
        assertThat(bench.run().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anExecutionBetweenPhasesGoesOn() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'true'}]}");
        bench.tell(new ExecutionCommand.Start(ID, "lost"));
        assertThat(bench.run().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anExecutionHeldBetweenPhasesIsStillHeldByTheNextRunner() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'true'}]}");
        bench.tell(new ExecutionCommand.Start(ID, "lost"));
        bench.tell(new ExecutionCommand.RequestPause(ID, "lunch"));
        bench.tell(new ExecutionCommand.Pause(ID, "before phase one"));
        CompletableFuture<Void> run = bench.started(bench.runner());
        Thread.sleep(100);
        assertThat(bench.state().status()).isEqualTo(Status.PAUSED);
        bench.tell(new ExecutionCommand.Resume(ID));
        end(run);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void whatIsOverIsNotRunAgain() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'true'}]}");
        long before = bench.log.head();
        bench.run();
        assertThat(bench.log.head()).isEqualTo(before);
    }
}
