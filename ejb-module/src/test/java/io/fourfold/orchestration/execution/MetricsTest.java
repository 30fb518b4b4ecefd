package io.fourfold.orchestration.execution;

import static io.fourfold.orchestration.execution.Samples.AT;
import static io.fourfold.orchestration.execution.Samples.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.EntriesLog;
import io.fourfold.kit.Folded;
import io.fourfold.view.DashboardRow;
import io.fourfold.view.PhaseMetricsRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Entries entries = new Entries();
    private final EntriesLog log = new EntriesLog(entries);

    private void happened(ExecutionEvent event) {
        entries.event(ExecutionEvent.CODEC, Execution.threadOf(event.executionId()), event);
    }

    private void happened(List<ExecutionEvent> events) {
        events.forEach(this::happened);
    }

    private Map<String, DashboardRow> dashboard() {
        return Folded.of(new DashboardMetrics(Life.lives(log)), entries.all());
    }

    private Map<String, PhaseMetricsRow> phases() {
        return Folded.of(new PhaseMetrics(Life.lives(log)), entries.all());
    }

    private void failedAndTriedAgain() {
        happened(List.of(Samples.queued(), Samples.started()));
        happened(Samples.whole("one", "1"));
        happened(List.of(
                Samples.phaseStarted("two"), Samples.agentFinished("two", false, "0.25"), Samples.failed("two")));
        happened(new ExecutionEvent.Retried(ID, List.of("two"), Samples.ticket(), AT.plus(Duration.ofDays(1))));
        happened(Samples.whole("two", "0.5"));
        happened(new ExecutionEvent.Completed(ID, AT.plus(Duration.ofDays(1))));
    }

    @Test
    void anExecutionIsCountedOnceOnTheDayItWasQueuedWhereItStandsLast() {
        failedAndTriedAgain();
        assertThat(dashboard()).containsOnlyKeys("2026-03-01/w");
        DashboardRow row = dashboard().get("2026-03-01/w");
        assertThat(List.of(row.executions, row.notStarted, row.running, row.failed, row.completed))
                .containsExactly(1L, 0L, 0L, 0L, 1L);
        assertThat(row.costUsd).isEqualByComparingTo("1.75");
        assertThat(row.totalTokens()).isEqualTo(3 * 127);
        assertThat(row.artifacts).isEqualTo(2);
        assertThat(row.toolCalls).isEqualTo(15);
    }

    @Test
    void whatIsPausedIsNeitherRunningNorOver() {
        happened(List.of(Samples.queued(), Samples.started(), Samples.pauseRequested(), Samples.paused()));
        DashboardRow row = dashboard().get("2026-03-01/w");
        assertThat(List.of(row.running, row.paused)).containsExactly(0L, 1L);
    }

    @Test
    void aPhaseIsCountedOverAllRunsOfItsWorkflow() {
        failedAndTriedAgain();
        assertThat(phases()).containsOnlyKeys("w/one", "w/two");
        PhaseMetricsRow two = phases().get("w/two");
        assertThat(List.of(two.started, two.completed, two.failed)).containsExactly(2L, 1L, 1L);
        assertThat(two.costUsd).isEqualByComparingTo("0.75");
        assertThat(two.agentMillis).isEqualTo(3_000);
        assertThat(two.place).isEqualTo(2);
    }

    @Test
    void whatIsToldOfAnExecutionThatWasNeverQueuedIsCountedNowhere() {
        happened(List.of(Samples.started(), Samples.phaseStarted("one")));
        assertThat(dashboard()).isEmpty();
        assertThat(phases()).isEmpty();
    }
}
