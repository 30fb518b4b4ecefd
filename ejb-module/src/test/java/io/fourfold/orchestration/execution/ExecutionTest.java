package io.fourfold.orchestration.execution;

import static io.fourfold.kit.Given.NOW;
import static io.fourfold.kit.Given.given;
import static io.fourfold.orchestration.execution.Samples.ID;
import static io.fourfold.orchestration.execution.Samples.SHA;
import static io.fourfold.orchestration.execution.Samples.agentFinished;
import static io.fourfold.orchestration.execution.Samples.collected;
import static io.fourfold.orchestration.execution.Samples.failed;
import static io.fourfold.orchestration.execution.Samples.pauseRequested;
import static io.fourfold.orchestration.execution.Samples.paused;
import static io.fourfold.orchestration.execution.Samples.phaseCompleted;
import static io.fourfold.orchestration.execution.Samples.phaseStarted;
import static io.fourfold.orchestration.execution.Samples.queued;
import static io.fourfold.orchestration.execution.Samples.result;
import static io.fourfold.orchestration.execution.Samples.started;
import static io.fourfold.orchestration.execution.Samples.whole;
import static io.fourfold.orchestration.execution.Samples.workspaceReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Decision;
import io.fourfold.kit.Entries;
import io.fourfold.kit.Given;
import io.fourfold.kit.StateTable;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal.Code;
import io.fourfold.orchestration.execution.ExecutionCommand.Cancel;
import io.fourfold.orchestration.execution.ExecutionCommand.Complete;
import io.fourfold.orchestration.execution.ExecutionCommand.CompletePhase;
import io.fourfold.orchestration.execution.ExecutionCommand.Pause;
import io.fourfold.orchestration.execution.ExecutionCommand.RequestPause;
import io.fourfold.orchestration.execution.ExecutionCommand.Retry;
import io.fourfold.orchestration.execution.ExecutionCommand.StartPhase;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionTest {

    private static final List<ExecutionEvent> RUNNING = List.of(queued(), started());
    private static final List<ExecutionEvent> DONE =
            join(join(RUNNING, whole("one", "1")), whole("two", "0.5").toArray(new ExecutionEvent[0]));

    private static final List<Phase> WITH_A_PERSON = Samples.workflow(
                    "{id: w, phases: [{id: one, prompt: x, execution_type: human_in_loop}, {id: two, run: 'true'}]}")
            .phases();

    private static final String BY_STATE = """
                               absent NOT_STARTED RUNNING          PAUSED      COMPLETED FAILED  CANCELLED INTERRUPTED
            Queue              queued exists      exists           exists      exists    exists  exists    exists
            Start              none   started     no               no          no        no      no        no
            StartPhase         none   no          phase_started    no          no        no      no        no
            ProvisionWorkspace none   no          no               no          no        no      no        no
            RecordAgentResult  none   no          no               no          no        no      no        no
            CollectArtifacts   none   no          no               no          no        no      no        no
            CompletePhase      none   no          no               no          no        no      no        no
            Complete           none   no          no               no          no        no      no        no
            Fail               none   no          failed           no          no        no      no        no
            RequestPause       none   no          pause_requested  no          no        no      no        no
            Pause              none   no          no               no          no        no      no        no
            Resume             none   no          no               resumed     no        no      no        no
            Retry              none   no          no               no          no        retried no        retried
            Cancel             none   cancelled   cancel_requested cancelled   no        no      no        no
            Cancel             none   cancelled   cancelled        cancelled   no        no      no        no
            Interrupt          none   no          interrupted      interrupted no        no      no        no
            SkipPhase          none   no          phase_skipped    no          no        no      no        no
            AwaitPerson        none   no          no               no          no        no      no        no
            Inject             none   no          no               no          no        no      no        no
            """;

    private static final String BY_STEP = """
                               not begun     STARTED         WORKSPACE_READY AGENT_FINISHED      COLLECTED       COMPLETED
            StartPhase         phase_started no              no              no                  no              no
            ProvisionWorkspace no            workspace_ready no              no                  no              no
            RecordAgentResult  no            no              agent_finished  no                  no              no
            CollectArtifacts   no            no              no              artifacts_collected no              no
            CompletePhase      no            no              no              no                  phase_completed no
            Complete           no            no              no              no                  no              no
            """;

    private static List<ExecutionEvent> join(List<ExecutionEvent> first, List<ExecutionEvent> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<ExecutionEvent> join(List<ExecutionEvent> first, ExecutionEvent... second) {
        return join(first, Arrays.asList(second));
    }

    private static Given<ExecutionCommand, ExecutionState, ExecutionEvent> after(List<ExecutionEvent> events) {
        return given(Execution.AGGREGATE, events);
    }

    private static List<ExecutionCommand> commands(String phase) {
        return List.of(
                new ExecutionCommand.Queue(ID, Samples.plan(Samples.phases())),
                new ExecutionCommand.Start(ID, "node"),
                new StartPhase(ID, phase, "session-" + phase),
                new ExecutionCommand.ProvisionWorkspace(ID, phase, "ws-" + phase, Map.of()),
                new ExecutionCommand.RecordAgentResult(ID, phase, result(true, "1")),
                new ExecutionCommand.CollectArtifacts(ID, phase, List.of(), SHA),
                new CompletePhase(ID, phase),
                new Complete(ID),
                new ExecutionCommand.Fail(ID, phase, Reason.TASK, 3, "last words"),
                new RequestPause(ID, "lunch"),
                new Pause(ID, "before phase " + phase),
                new ExecutionCommand.Resume(ID),
                new Retry(ID),
                new Cancel(ID, "no more", false),
                new Cancel(ID, "no more", true),
                new ExecutionCommand.Interrupt(ID, "the node went away"),
                new ExecutionCommand.SkipPhase(ID, phase, "false"),
                new ExecutionCommand.AwaitPerson(ID, phase),
                new ExecutionCommand.Inject(ID, "mind the gap"));
    }

    @Test
    void everyCommandInEveryState() {
        Map<String, List<ExecutionEvent>> states = new LinkedHashMap<>();
        states.put("absent", List.of());
        states.put("NOT_STARTED", List.of(queued()));
        states.put("RUNNING", RUNNING);
        states.put("PAUSED", join(RUNNING, pauseRequested(), paused()));
        states.put("COMPLETED", join(DONE, new ExecutionEvent.Completed(ID, NOW)));
        states.put("FAILED", join(RUNNING, phaseStarted("one"), failed("one")));
        states.put("CANCELLED", List.of(queued(), new ExecutionEvent.Cancelled(ID, List.of(), "no more", NOW)));
        states.put("INTERRUPTED", join(RUNNING, new ExecutionEvent.Interrupted(ID, List.of(), "gone", true, NOW)));
        assertThat(new StateTable<>(Execution.AGGREGATE, states).of(commands("one")))
                .isEqualTo(BY_STATE);
    }

    @Test
    void everyStepOfAPhaseIsTakenOnceAndInOrder() {
        Map<String, List<ExecutionEvent>> states = new LinkedHashMap<>();
        states.put("not begun", RUNNING);
        states.put("STARTED", join(RUNNING, phaseStarted("one")));
        states.put("WORKSPACE_READY", join(states.get("STARTED"), workspaceReady("one")));
        states.put("AGENT_FINISHED", join(states.get("WORKSPACE_READY"), agentFinished("one", true, "1")));
        states.put("COLLECTED", join(states.get("AGENT_FINISHED"), collected("one")));
        states.put("COMPLETED", join(states.get("COLLECTED"), phaseCompleted("one")));
        assertThat(new StateTable<>(Execution.AGGREGATE, states)
                        .of(commands("one").subList(2, 8)))
                .isEqualTo(BY_STEP);
    }

    @Test
    void aRequestedPauseTakesEffectAtTheYieldPoint() {
        after(join(RUNNING, pauseRequested()))
                .when(new Pause(ID, "after tool Bash"))
                .then(new ExecutionEvent.Paused(ID, "after tool Bash", null, NOW));
    }

    @Test
    void aPauseThatNobodyAskedForIsRefused() {
        after(RUNNING).when(new Pause(ID, "here")).refused(Code.WRONG_STATE);
    }

    @Test
    void aRequestedCancelTakesEffectAtTheYieldPointAlsoWhenAPauseWasRequestedToo() {
        ExecutionEvent cancel = new ExecutionEvent.CancelRequested(ID, "no more", NOW);
        after(join(RUNNING, pauseRequested(), phaseStarted("one"), cancel))
                .when(new Pause(ID, "after tool Bash"))
                .then(new ExecutionEvent.Cancelled(ID, List.of("one"), "cancelled after tool Bash", NOW));
    }

    @Test
    void askingTwiceForAPauseOrACancelChangesNothing() {
        after(join(RUNNING, pauseRequested()))
                .when(new RequestPause(ID, "again"))
                .thenNothing();
        after(join(RUNNING, new ExecutionEvent.CancelRequested(ID, "no more", NOW)))
                .when(new Cancel(ID, "again", false))
                .thenNothing();
    }

    @Test
    void aPhaseStartsOnlyWhenItIsNext() {
        after(RUNNING).when(new StartPhase(ID, "two", "s")).refused(Code.WRONG_STATE);
        after(join(RUNNING, phaseStarted("one")))
                .when(new StartPhase(ID, "one", "s"))
                .refused(Code.WRONG_STATE);
        after(join(RUNNING, whole("one", "1")))
                .when(new StartPhase(ID, "two", "s"))
                .then(new ExecutionEvent.PhaseStarted(ID, "two", "s", NOW));
        after(DONE).when(new StartPhase(ID, "three", "s")).refused(Code.WRONG_STATE);
    }

    @Test
    void aPhaseWhoseAgentFailedIsNotCompleted() {
        after(join(
                        RUNNING,
                        phaseStarted("one"),
                        workspaceReady("one"),
                        agentFinished("one", false, "1"),
                        collected("one")))
                .when(new CompletePhase(ID, "one"))
                .refused(Code.WRONG_STATE);
    }

    @Test
    void itIsCompletedOnlyWhenEveryPhaseIs() {
        after(join(RUNNING, whole("one", "1"))).when(new Complete(ID)).refused(Code.WRONG_STATE);
        after(DONE).when(new Complete(ID)).then(new ExecutionEvent.Completed(ID, NOW));
    }

    @Test
    void aRetryKeepsFinishedPhasesAndForgetsTheOneThatFailed() {
        List<ExecutionEvent> events =
                join(join(RUNNING, whole("one", "1")), phaseStarted("two"), workspaceReady("two"), failed("two"));
        after(events).when(new Retry(ID)).then(new ExecutionEvent.Retried(ID, List.of("two"), Samples.ticket(), NOW));
        ExecutionState state = after(
                        join(events, new ExecutionEvent.Retried(ID, List.of("two"), Samples.ticket(), NOW)))
                .state();
        assertThat(state.status()).isEqualTo(Status.RUNNING);
        assertThat(state.isDone("one")).isTrue();
        assertThat(state.phase("two")).isEmpty();
    }

    @Test
    void whatAnAgentCostIsRecordedAlsoWhenTheExecutionIsOver() {
        List<ExecutionEvent> events = join(
                RUNNING,
                phaseStarted("one"),
                workspaceReady("one"),
                new ExecutionEvent.Interrupted(ID, List.of("one"), "gone", true, NOW));
        after(events)
                .when(new ExecutionCommand.RecordAgentResult(ID, "one", result(false, "2")))
                .then(new ExecutionEvent.AgentFinished(ID, "one", result(false, "2"), NOW));
    }

    @Test
    void aHeldAgentsDeadlineMovesByTheTimeItWasHeld() {
        List<ExecutionEvent> events = join(
                RUNNING,
                phaseStarted("one"),
                workspaceReady("one"),
                new ExecutionEvent.Paused(ID, "here", null, NOW),
                new ExecutionEvent.Resumed(ID, NOW.plusSeconds(60)));
        ExecutionState state = after(events).state();
        Phase one = state.plan().phases().getFirst();
        assertThat(state.phase(one.id()).orElseThrow().deadline(one))
                .isEqualTo(Samples.AT.plusSeconds(one.timeoutSeconds() + 60L));
    }

    @Test
    void eventsOfAnEarlierVersionAreReadAsTheyAreToday() {
        Json body = Json.parse("{\"kind\":\"execution.interrupted.v1\",\"execution_id\":\"" + ID
                + "\",\"phase_id\":\"one\",\"reason\":\"gone\",\"at\":\"2026-03-01T12:00:00Z\"}");
        Entry entry = new Entries().add(Execution.threadOf(ID), Act.KNOW, body);
        assertThat(ExecutionEvent.CODEC.read(entry))
                .contains(new ExecutionEvent.Interrupted(ID, List.of("one"), "gone", false, Samples.AT));
    }

    @Test
    void aRetryGetsNoNewBudget() {
        ExecutionState failed = after(join(
                        RUNNING,
                        phaseStarted("one"),
                        workspaceReady("one"),
                        agentFinished("one", false, "2"),
                        failed("one")))
                .state();
        assertThat(failed.spent().costUsd()).isEqualByComparingTo("2");
        ExecutionState retried = Execution.AGGREGATE.evolve(
                failed, new ExecutionEvent.Retried(ID, List.of("one"), Samples.ticket(), NOW));
        assertThat(retried.spent().costUsd()).isEqualByComparingTo("2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void replayNeverThrowsWhateverWasAccepted(long seed) {
        Random random = new Random(seed);
        ExecutionState state = Execution.AGGREGATE.initial();
        Entries entries = new Entries();
        Set<Class<?>> told = new HashSet<>();
        for (int step = 0; step < 10_000; step++) {
            ExecutionCommand command = any(random);
            if (Execution.AGGREGATE.decide(command, state, NOW) instanceof Decision.Accepted<ExecutionEvent> yes) {
                for (ExecutionEvent event : yes.events()) {
                    told.add(event.getClass());
                    Entry entry = entries.event(ExecutionEvent.CODEC, Execution.threadOf(ID), event);
                    state = Execution.AGGREGATE.evolve(
                            state, ExecutionEvent.CODEC.read(entry).orElseThrow());
                }
            }
            boolean end = state.status() == Status.COMPLETED || state.status() == Status.CANCELLED;
            state = end ? Execution.AGGREGATE.initial() : state;
        }
        assertThat(told)
                .as("events seen with seed " + seed)
                .hasSize(ExecutionEvent.CODEC.kinds().size());
    }

    /** Any command, those that stop an execution less often than the others. */
    private static ExecutionCommand any(Random random) {
        List<ExecutionCommand> all = new ArrayList<>(commands(random.nextBoolean() ? "one" : "two"));
        all.set(0, new ExecutionCommand.Queue(ID, Samples.plan(WITH_A_PERSON)));
        ExecutionCommand command = all.get(random.nextInt(all.size()));
        boolean stops = command instanceof Cancel
                || command instanceof ExecutionCommand.Fail
                || command instanceof ExecutionCommand.Interrupt
                || command instanceof RequestPause;
        return stops && random.nextInt(30) > 0 ? any(random) : command;
    }
}
