package io.fourfold.dashboard;

import static io.fourfold.dashboard.Rows.at;
import static io.fourfold.dashboard.Rows.execution;
import static io.fourfold.dashboard.Rows.phase;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.view.ExecutionRow;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionFactsTest {

    private static List<String> buttons(String status, Asked asked) {
        return Controls.of(execution(status), asked).stream()
                .map(Controls.Button::text)
                .toList();
    }

    @Test
    void aButtonIsThereOnlyWhenTheStateAllowsItAndSaysWhatWillHappen() {
        assertThat(buttons("not_started", Asked.NOTHING)).containsExactly("Cancel before it starts");
        assertThat(buttons("running", Asked.NOTHING))
                .containsExactly("Pause at next yield point", "Cancel at next yield point");
        assertThat(buttons("running", Asked.PAUSE)).containsExactly("Cancel at next yield point");
        assertThat(buttons("running", Asked.CANCEL)).containsExactly("Stop the agent now");
        assertThat(buttons("paused", Asked.NOTHING)).containsExactly("Resume where it paused", "Cancel now");
        assertThat(buttons("failed", Asked.NOTHING)).containsExactly("Retry from where it stopped");
        assertThat(buttons("interrupted", Asked.NOTHING)).containsExactly("Retry from where it stopped");
        assertThat(buttons("cancelled", Asked.NOTHING)).isEmpty();
        assertThat(buttons("completed", Asked.NOTHING)).isEmpty();
    }

    @Test
    void aFailureNamesPhaseReasonAndDeadline() {
        ExecutionRow row = execution("failed");
        row.failedPhase = "fix";
        row.failureReason = "timeout";
        row.exitCode = 143;
        Failure failure = Failure.of(row, List.of(phase("fix", "failed", 0L, 9L)), List.of("a", "b"), "r1");
        assertThat(failure.title()).isEqualTo("Failed in phase fix");
        assertThat(failure.facts())
                .isEqualTo(
                        "Expected exit code 0, but was 143. Expected the phase to end within its deadline of 100 s (timeout_seconds),"
                                + " but it did not.");
        assertThat(failure.output()).isEqualTo("a\nb");
    }

    @Test
    void aFailureBeforeAnyPhaseShowsItsMessage() {
        ExecutionRow row = execution("failed");
        row.failureReason = "workspace";
        row.errorMessage = "no disk";
        Failure failure = Failure.of(row, List.of(), List.of(), null);
        assertThat(failure.title()).isEqualTo("Failed before the first phase");
        assertThat(failure.output()).isEqualTo("no disk");
    }

    @Test
    void whatGoesWellHasNoFailure() {
        assertThat(Failure.of(execution("completed"), List.of(), List.of(), null))
                .isNull();
    }

    @Test
    void figuresStandBesideTheirLimits() {
        ExecutionRow row = execution("running");
        row.startedAt = at(0);
        row.maxCostUsd = new BigDecimal("2");
        row.costUsd = new BigDecimal("0.38");
        var figures = Facts.of(row, List.of(phase("a", "running", 0L, null)), Use.of(List.of()), 1, at(72));
        assertThat(figures).extracting(Figure::value).containsExactly("1 m 12 s", "$0.38", "0", "0", "1");
        assertThat(figures)
                .extracting(Figure::limit)
                .containsExactly("of 1 m 40 s deadline", "of $2.00 budget", "tokens", "tools, 0 failed", "artifact");
        assertThat(figures.get(0).since()).isEqualTo(at(0).toString());
    }

    @Test
    void theCurrentPhaseIsShownUnlessAnotherIsAskedFor() {
        ExecutionRow row = execution("running");
        row.currentPhase = "b";
        var phases = List.of(
                phase("a", "completed", 0L, 1L), phase("b", "running", 1L, null), phase("c", "pending", null, null));
        assertThat(Selection.of(phases, null, row).phaseId).isEqualTo("b");
        assertThat(Selection.of(phases, "a", row).phaseId).isEqualTo("a");
        assertThat(Selection.of(phases, "unknown", row).phaseId).isEqualTo("b");
        assertThat(Selection.of(phases, null, execution("cancelled")).phaseId).isEqualTo("b");
        assertThat(Selection.of(List.of(), null, row)).isNull();
    }
}
