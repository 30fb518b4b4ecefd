package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.session.Reason;
import io.fourfold.session.Session;
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
import org.junit.jupiter.api.io.TempDir;

/** Which phases run, when, and how often. */
@Tag("machine")
class PhaseFlowTest {

    /** A session of 1,000 tokens of input, 0.001 USD, whose provider is overloaded. */
    private static final String BUSY = """
                {"type":"assistant","message":{"id":"m1","model":"claude-haiku-4-5","content":[],\
                "usage":{"input_tokens":1000,"output_tokens":0}}}
                {"type":"assistant","message":{"id":"m2","model":"<synthetic>","content":[\
                {"type":"text","text":"API Error: 529 Overloaded"}]},"error":"overloaded"}
                {"type":"result","is_error":true,"subtype":"success","result":"API Error: 529 Overloaded",\
                "api_error_status":529}
                """;

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

    @Test
    void neighboursOfOneOrderRunSideBySide() throws Exception {
        ExecutionState state = bench.run("""
                id: w
                phases:
                  - {id: one, order: 1, execution_type: parallel, run: "sleep 2; echo one > artifacts/output/a.txt"}
                  - {id: two, order: 1, execution_type: parallel, run: "sleep 2; echo two > artifacts/output/a.txt"}
                  - {id: three, run: "cat artifacts/input/one/a.txt artifacts/input/two/a.txt > artifacts/output/b.txt"}
                """);
        assertThat(state.status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.output("three")).isEqualTo("one\ntwo");
        List<String> order = bench.events()
                .filter(e -> e instanceof ExecutionEvent.PhaseStarted || e instanceof ExecutionEvent.PhaseCompleted)
                .map(e -> e.getClass().getSimpleName())
                .toList();
        assertThat(order.subList(0, 2)).containsOnly("PhaseStarted");
    }

    @Test
    void aFailureEndsTheNeighbours() throws Exception {
        assertThat(bench.run("""
                                id: w
                                phases:
                                  - {id: one, order: 1, execution_type: parallel, run: "sleep 100"}
                                  - {id: two, order: 1, execution_type: parallel, run: "sleep 1; exit 4"}
                                """).status()).isEqualTo(Status.FAILED);
        assertThat(bench.failure().phaseId()).isEqualTo("two");
        assertThat(bench.failure().cutOff()).containsExactly("one");
    }

    @Test
    void aPhaseWhoseConditionDoesNotHoldIsPassedOverAndRecorded() throws Exception {
        ExecutionState state = bench.run("""
                id: w
                phases:
                  - {id: one, run: "echo nothing to do"}
                  - {id: two, run: "echo never", when: "phases.one.output.contains('broken')"}
                  - {id: three, run: "echo {{two}}.", when: "phases.two.status == 'skipped'"}
                """);
        assertThat(state.status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.only(ExecutionEvent.PhaseSkipped.class).phaseId()).isEqualTo("two");
        assertThat(bench.output("three")).isEqualTo(".");
    }

    @Test
    void aConditionThatCannotBeEvaluatedFailsItsPhase() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'true', when: 'phases.zero.output == inputs.a'}]}");
        assertThat(bench.failure().phaseId()).isEqualTo("one");
        assertThat(bench.failure().message()).startsWith("when: ");
    }

    @Test
    void aPhaseThatAPersonLetsGoOnWaitsForThat() throws Exception {
        bench.queue("{id: w, phases: [{id: one, run: 'true', execution_type: human_in_loop}]}");
        CompletableFuture<Void> run = bench.started(bench.runner());
        Workbench.until(() -> bench.state().status() == Status.PAUSED && !bench.asked.isEmpty(), "the question");
        assertThat(bench.only(ExecutionEvent.Paused.class).awaiting()).isEqualTo("one");
        assertThat(bench.asked).containsExactly("one");
        bench.tell(new ExecutionCommand.Resume(Workbench.ID));
        run.get(30, TimeUnit.SECONDS);
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aProviderThatIsBusyIsAskedAgainAndAllTriesAreCounted() throws Exception {
        bench.queue(
                "{id: w, phases: [{id: one, agent: replay, recording: r.jsonl, prompt: x, pace: 0}]}",
                Map.of("r.jsonl", BUSY),
                List.of());
        bench.run();
        assertThat(bench.failure().reason()).isEqualTo(Reason.PROVIDER_CAPACITY);
        assertThat(bench.entries().stream().flatMap(e -> Session.Event.CODEC.read(e).stream()))
                .hasSize(6);
        assertThat(bench.only(ExecutionEvent.AgentFinished.class)
                        .result()
                        .usage()
                        .input())
                .isEqualTo(3_000);
    }

    @Test
    void aRetryAfterTheThirdPhaseFailedRunsOnlyTheThirdAndCountsTheOthersOnce() throws Exception {
        String recording = """
                {"type":"assistant","message":{"id":"m1","model":"claude-haiku-4-5","content":[],\
                "usage":{"input_tokens":100,"output_tokens":10}}}
                {"type":"result","is_error":false,"result":"done"}
                """;
        long later = Instant.now().getEpochSecond() + 4;
        bench.queue("""
                id: w
                phases:
                  - {id: one, agent: replay, recording: r.jsonl, prompt: x, pace: 0}
                  - {id: two, agent: replay, recording: r.jsonl, prompt: x, pace: 0}
                  - {id: three, run: 'test $(date +%%s) -ge %d'}
                """.formatted(later), Map.of("r.jsonl", recording), List.of());
        assertThat(bench.run().status()).isEqualTo(Status.FAILED);
        assertThat(bench.failure().phaseId()).isEqualTo("three");
        Workbench.until(() -> Instant.now().getEpochSecond() >= later, "the time it needs");
        bench.tell(new ExecutionCommand.Retry(Workbench.ID));
        assertThat(bench.run().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.events()
                        .filter(ExecutionEvent.PhaseStarted.class::isInstance)
                        .map(e -> ((ExecutionEvent.PhaseStarted) e).phaseId()))
                .containsExactly("one", "two", "three", "three");
        assertThat(bench.state().spent().tokensIn()).isEqualTo(200);
        assertThat(bench.state().spent().tokensOut()).isEqualTo(20);
        List<Entry> thread = bench.log.thread(Execution.threadOf(Workbench.ID), 0, Log.READ_MAX);
        for (int i = 1; i < thread.size(); i++) {
            assertThat(thread.get(i).draft().parents())
                    .containsExactly(thread.get(i - 1).id());
        }
    }

    @Test
    void allTriesTogetherStayWithinTheBudget() throws Exception {
        bench.queue("""
                {id: w, phases: [{id: one, agent: replay, recording: r.jsonl, prompt: x, pace: 0, max_cost_usd: 0.0015}]}
                """, Map.of("r.jsonl", BUSY), List.of());
        bench.run();
        assertThat(bench.failure().reason()).isEqualTo(Reason.BUDGET);
        assertThat(bench.only(ExecutionEvent.AgentFinished.class)
                        .result()
                        .usage()
                        .input())
                .isEqualTo(2_000);
    }
}
