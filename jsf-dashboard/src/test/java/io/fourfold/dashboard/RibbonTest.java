package io.fourfold.dashboard;

import static io.fourfold.dashboard.Rows.at;
import static io.fourfold.dashboard.Rows.phase;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.view.PhaseRow;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RibbonTest {

    private static Ribbon.Stripe only(PhaseRow phase, boolean over) {
        return Ribbon.of(List.of(phase), null, Rows.execution(over ? "failed" : "running"), at(50))
                .get(0);
    }

    @Test
    void widthsAreTimeAndTheLongestPhaseHasAllSteps() {
        var stripes = Ribbon.of(
                List.of(phase("short", "completed", 0L, 10L), phase("long", "completed", 10L, 50L)),
                "long",
                Rows.execution("completed"),
                at(99));
        assertThat(stripes).extracting(Ribbon.Stripe::width).containsExactly(6, 24);
        assertThat(stripes).extracting(Ribbon.Stripe::selected).containsExactly(false, true);
    }

    @Test
    void aPhaseIsNeverTooNarrowToRead() {
        var stripes = Ribbon.of(
                List.of(phase("blink", "completed", 0L, 0L), phase("long", "completed", 0L, 5_000L)),
                null,
                Rows.execution("completed"),
                at(0));
        assertThat(stripes.get(0).width()).isEqualTo(Ribbon.LEAST);
    }

    @Test
    void aRunningPhaseCountsOnAgainstItsTimeout() {
        Ribbon.Stripe stripe = only(phase("a", "running", 0L, null), false);
        assertThat(stripe.percent()).isEqualTo(50);
        assertThat(stripe.since()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(stripe.limit()).isEqualTo("of 1 m 40 s");
    }

    @Test
    void aPhaseOfAPausedExecutionIsHeld() {
        var stripes = Ribbon.of(List.of(phase("a", "running", 0L, null)), null, Rows.execution("paused"), at(9));
        assertThat(stripes.get(0).tone()).isEqualTo("held");
    }

    @Test
    void aPhaseThatWasSkippedTookNoTime() {
        Ribbon.Stripe stripe = only(phase("a", "skipped", null, 9L), true);
        assertThat(stripe.tone()).isEqualTo("off");
        assertThat(stripe.facts()).isEqualTo("skipped by its condition");
    }

    @Test
    void aPhaseBeyondItsTimeoutIsFullNotMore() {
        PhaseRow late = phase("a", "running", -900L, null);
        assertThat(only(late, false).percent()).isEqualTo(100);
    }

    @Test
    void aFailedPhaseSaysWhyAndWhatItCost() {
        PhaseRow failed = phase("a", "failed", 0L, 30L);
        failed.failureReason = "timeout";
        failed.costUsd = new BigDecimal("0.38");
        assertThat(only(failed, true).facts()).isEqualTo("failed: timeout · 30.0 s · $0.38");
        assertThat(only(failed, true).tone()).isEqualTo("bad");
    }

    @Test
    void aPhaseToComeWaitsUnlessAllIsOver() {
        assertThat(only(phase("a", "pending", null, null), false).facts()).isEqualTo("waits");
        assertThat(only(phase("a", "pending", null, null), true).facts()).isEqualTo("not run");
    }

    @Test
    void aPhaseToBeRetriedTakesNoTime() {
        var stripes = Ribbon.of(
                List.of(phase("again", "pending", 0L, null), phase("done", "completed", 0L, 10L)),
                null,
                Rows.execution("running"),
                at(500));
        assertThat(stripes.get(0).width()).isEqualTo(Ribbon.LEAST);
    }
}
