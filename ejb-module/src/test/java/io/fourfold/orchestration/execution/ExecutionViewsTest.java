package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Samples.AT;
import static io.fourfold.orchestration.execution.Samples.ID;
import static io.fourfold.orchestration.execution.Samples.agentFinished;
import static io.fourfold.orchestration.execution.Samples.collected;
import static io.fourfold.orchestration.execution.Samples.failed;
import static io.fourfold.orchestration.execution.Samples.paused;
import static io.fourfold.orchestration.execution.Samples.phaseStarted;
import static io.fourfold.orchestration.execution.Samples.queued;
import static io.fourfold.orchestration.execution.Samples.started;
import static io.fourfold.orchestration.execution.Samples.whole;
import static io.fourfold.orchestration.execution.Samples.workspaceReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.workflow.Concurrency;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.QueueRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionViewsTest {

    private static final ExecutionEvent COMPLETED = new ExecutionEvent.Completed(ID, AT);
    private static final ExecutionEvent RETRIED = new ExecutionEvent.Retried(ID, List.of("two"), Samples.ticket(), AT);

    private static List<ExecutionEvent> upToTheFailure() {
        List<ExecutionEvent> events = new ArrayList<>(List.of(queued(), started()));
        events.addAll(whole("one", "1"));
        events.addAll(List.of(
                phaseStarted("two"),
                workspaceReady("two"),
                agentFinished("two", false, "0.25"),
                collected("two"),
                failed("two")));
        return events;
    }

    private static List<ExecutionEvent> upToTheEnd() {
        List<ExecutionEvent> events = upToTheFailure();
        events.add(RETRIED);
        events.addAll(whole("two", "0.5"));
        events.add(COMPLETED);
        return events;
    }

    private static List<Entry> entries(List<ExecutionEvent> events) {
        Entries entries = new Entries();
        events.forEach(e -> entries.event(ExecutionEvent.CODEC, Execution.threadOf(ID), e));
        return entries.all();
    }

    private static ExecutionRow list(List<ExecutionEvent> events) {
        return Folded.of(new ExecutionList(), entries(events)).get(ID);
    }

    private static Map<String, PhaseRow> detail(List<ExecutionEvent> events) {
        return Folded.of(new ExecutionDetail(), entries(events));
    }

    private static boolean waits(ExecutionEvent... events) {
        return Folded.of(new ExecutionQueue(), entries(Arrays.asList(events))).containsKey(ID);
    }

    @Test
    void aQueuedExecutionShowsWhatItWasStartedWith() {
        ExecutionRow row = list(List.of(queued()));
        assertThat(row.status).isEqualTo("not_started");
        assertThat(row.workflowId).isEqualTo("w");
        assertThat(row.task).isEqualTo("the task");
        assertThat(row.totalPhases).isEqualTo(2);
        assertThat(row.maxCostUsd).isEqualByComparingTo("2.5");
        assertThat(row.startedBy).isEqualTo(Entries.ALICE.value());
        assertThat(row.repos).containsExactly("https://github.com/octo/hello.git");
    }

    @Test
    void aRunningExecutionNamesItsPhase() {
        ExecutionRow row = list(List.of(queued(), started(), phaseStarted("one")));
        assertThat(row.status).isEqualTo("running");
        assertThat(row.currentPhase).isEqualTo("one");
        assertThat(list(List.of(queued(), started(), phaseStarted("one"), paused())).status)
                .isEqualTo("paused");
    }

    @Test
    void aFailureNamesPhaseReasonExitCodeAndLastWords() {
        ExecutionRow row = list(upToTheFailure());
        assertThat(row.status).isEqualTo("failed");
        assertThat(row.failedPhase).isEqualTo("two");
        assertThat(row.failureReason).isEqualTo("task");
        assertThat(row.exitCode).isEqualTo(3);
        assertThat(row.errorMessage).isEqualTo("last words");
        assertThat(row.currentPhase).isNull();
        assertThat(row.completedAt).isEqualTo(AT);
    }

    @Test
    void aRetryForgetsTheFailureButNotWhatItCost() {
        List<ExecutionEvent> events = upToTheFailure();
        events.add(RETRIED);
        ExecutionRow row = list(events);
        assertThat(row.status).isEqualTo("running");
        assertThat(row.failedPhase).isNull();
        assertThat(row.failureReason).isNull();
        assertThat(row.exitCode).isNull();
        assertThat(row.errorMessage).isNull();
        assertThat(row.completedAt).isNull();
        assertThat(row.completedPhases).isEqualTo(1);
        assertThat(row.costUsd).isEqualByComparingTo("1.25");
    }

    @Test
    void theTotalsAreTheSumOverTheAgents() {
        ExecutionRow row = list(upToTheEnd());
        assertThat(row.status).isEqualTo("completed");
        assertThat(row.completedPhases).isEqualTo(2);
        assertThat(row.costUsd).isEqualByComparingTo("1.75");
        assertThat(row.inputTokens).isEqualTo(300);
        assertThat(row.totalTokens()).isEqualTo(3 * 127);
        assertThat(row.toolCalls).isEqualTo(15);
        assertThat(row.unpriced).containsExactly("strange-model");
    }

    @Test
    void theTotalsOfThePhasesAreThoseOfTheExecution() {
        ExecutionRow row = list(upToTheEnd());
        Map<String, PhaseRow> phases = detail(upToTheEnd());
        assertThat(phases.values().stream().mapToLong(PhaseRow::totalTokens).sum())
                .isEqualTo(row.totalTokens());
        assertThat(phases.values().stream()
                        .map(p -> p.costUsd)
                        .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add))
                .isEqualByComparingTo(row.costUsd);
        assertThat(phases.values().stream().mapToInt(p -> p.toolCalls).sum()).isEqualTo(row.toolCalls);
    }

    @Test
    void thePlanShowsWhatIsStillToCome() {
        Map<String, PhaseRow> phases = detail(List.of(queued(), started(), phaseStarted("one")));
        assertThat(phases.get(ID + "/one").status).isEqualTo("running");
        assertThat(phases.get(ID + "/two").status).isEqualTo("pending");
        assertThat(phases.get(ID + "/two").place).isEqualTo(2);
    }

    @Test
    void aCompletedPhaseShowsItsWorkspaceCommitsAndArtifacts() {
        PhaseRow row = detail(upToTheFailure()).get(ID + "/one");
        assertThat(row.status).isEqualTo("completed");
        assertThat(row.workspaceId).isEqualTo("ws-one");
        assertThat(row.commits).containsEntry("https://x/y", "c0ffee");
        assertThat(row.artifactIds).containsExactly("artifact-one");
        assertThat(row.exitCode).isZero();
    }

    @Test
    void aFailedPhaseShowsWhy() {
        PhaseRow row = detail(upToTheFailure()).get(ID + "/two");
        assertThat(row.status).isEqualTo("failed");
        assertThat(row.failureReason).isEqualTo("task");
        assertThat(row.exitCode).isEqualTo(3);
        assertThat(row.errorMessage).isEqualTo("last words");
    }

    @Test
    void aPhaseThatIsTriedAgainShowsNothingOfItsFailure() {
        List<ExecutionEvent> events = upToTheFailure();
        events.add(RETRIED);
        PhaseRow row = detail(events).get(ID + "/two");
        assertThat(row.status).isEqualTo("pending");
        assertThat(row.failureReason).isNull();
        assertThat(row.exitCode).isNull();
        assertThat(row.errorMessage).isNull();
        assertThat(row.startedAt).isNull();
        assertThat(row.completedAt).isNull();
        assertThat(row.sessionId).isNull();
        assertThat(row.artifactIds).isEmpty();
        assertThat(row.costUsd).isEqualByComparingTo("0.25");
    }

    @Test
    void theCostByModelCountsEveryTry() {
        assertThat(detail(upToTheEnd()).get(ID + "/two").costByModel).containsEntry("claude-haiku-4-5", "0.75");
    }

    @Test
    void thePhaseUnderWayEndsWithTheExecution() {
        ExecutionEvent cancelled = new ExecutionEvent.Cancelled(ID, List.of("one"), "no more", AT);
        Map<String, PhaseRow> phases = detail(List.of(queued(), started(), phaseStarted("one"), cancelled));
        assertThat(phases.get(ID + "/one").status).isEqualTo("cancelled");
        assertThat(phases.get(ID + "/two").status).isEqualTo("pending");
        ExecutionEvent interrupted = new ExecutionEvent.Interrupted(ID, List.of("one"), "gone", true, AT);
        assertThat(detail(List.of(queued(), started(), phaseStarted("one"), interrupted))
                        .get(ID + "/one")
                        .status)
                .isEqualTo("interrupted");
    }

    @Test
    void anExecutionWaitsUntilItIsOverAndAgainWhenItIsRetried() {
        assertThat(waits(queued())).isTrue();
        assertThat(waits(queued(), started())).isTrue();
        assertThat(waits(queued(), started(), failed("one"))).isFalse();
        assertThat(waits(queued(), started(), failed("one"), RETRIED)).isTrue();
        assertThat(waits(queued(), started(), COMPLETED)).isFalse();
        assertThat(waits(queued(), new ExecutionEvent.Cancelled(ID, List.of(), "no more", AT)))
                .isFalse();
        assertThat(waits(queued(), started(), new ExecutionEvent.Interrupted(ID, List.of(), "gone", true, AT)))
                .isFalse();
    }

    @Test
    void theQueueIsInTheOrderOfTheLog() {
        var rows = Folded.of(new ExecutionQueue(), entries(List.of(queued(), started(), failed("one"), RETRIED)));
        assertThat(rows.get(ID).position).isEqualTo(4);
    }

    private static QueueRow queue(QueueRow row, ExecutionEvent... events) {
        QueueRow current = row;
        for (Entry entry : entries(Arrays.asList(events))) {
            current = new ExecutionQueue().fold(ID, current, entry);
        }
        return current;
    }

    @Test
    void whatWaitsCarriesWhatItBelongsToAndOnceItHasBegunNothingHoldsItUp() {
        assertThat(queue(null, queued()).tags)
                .containsExactlyInAnyOrder(
                        "all", "namespace:*", "namespace:acme", "namespace:acme/shop", "workflow:w", "trigger:nightly");
        assertThat(queue(null, queued()).begun).isFalse();
        assertThat(queue(null, queued(), started()).tags).isEmpty();
        assertThat(queue(null, queued(), started()).begun).isTrue();
        assertThat(queue(null, RETRIED).tags).contains("workflow:w", "all");
        assertThat(queue(null, queued(), started(), RETRIED).begun).isFalse();
        assertThat(queue(null, RETRIED, phaseStarted("two")).tags).isEmpty();
        assertThat(queue(null, RETRIED, phaseStarted("two")).begun).isTrue();
    }

    @Test
    void whatIsOverKeepsItsRoomUntilItsRunnerLetsGoAndTriedAgainItWaitsAtTheEnd() {
        QueueRow held = queue(null, queued(), started());
        held.leasedUntil = AT;
        assertThat(queue(held, COMPLETED).over).isTrue();
        QueueRow again = queue(held, COMPLETED, RETRIED);
        assertThat(again.over).isFalse();
        assertThat(again.position).isEqualTo(2);
    }

    @Test
    void aKeyIsALaneWithItsLimit() {
        Ticket ticket = Samples.ticket().with(new Concurrency("pr-{{a}}", 3, Concurrency.Behavior.QUEUE), "pr-1");
        QueueRow row = queue(null, new ExecutionEvent.Retried(ID, List.of("one"), ticket, AT));
        assertThat(row.lane).isEqualTo("pr-1");
        assertThat(row.laneLimit).isEqualTo(3);
        assertThat(queue(null, queued()).laneLimit).isNull();
    }
}
