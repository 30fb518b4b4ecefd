package io.fourfold.dashboard;

import static io.fourfold.dashboard.Rows.ended;
import static io.fourfold.dashboard.Rows.phase;
import static io.fourfold.dashboard.Rows.seen;
import static io.fourfold.dashboard.Rows.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.Usage;
import io.fourfold.view.PhaseRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UseTest {

    private static Observation tokens(long seq, String message, String model, int output, String cost) {
        return seen(
                seq,
                seq,
                ObservationType.TOKENS_USED,
                "{\"message_id\":\"%s\",\"model\":\"%s\",\"input_tokens\":10,\"output_tokens\":%d,\"cost_usd\":\"%s\"}"
                        .formatted(message, model, output, cost));
    }

    @Test
    void aMessageCountsWithItsLastReport() {
        Use use = Use.of(List.of(tokens(1, "m1", "opus", 5, "0.01"), tokens(2, "m1", "opus", 50, "0.02")));
        assertThat(use.usage()).isEqualTo(new Usage(10, 50, 0, 0));
        assertThat(use.cost()).isEqualByComparingTo("0.02");
    }

    @Test
    void theSummaryIsTheTruth() {
        Use use = Use.of(List.of(
                tokens(1, "m1", "opus", 5, "0.01"),
                seen(
                        2,
                        2,
                        ObservationType.SESSION_SUMMARY,
                        "{\"models\":{\"opus\":{\"input_tokens\":12,\"output_tokens\":7,\"cost_usd\":\"0.03\"}}}")));
        assertThat(use.usage()).isEqualTo(new Usage(12, 7, 0, 0));
        assertThat(use.cost()).isEqualByComparingTo("0.03");
    }

    @Test
    void failedAndBlockedToolsAreCounted() {
        Use use = Use.of(
                List.of(started(1, 1, "Bash", "t1"), ended(2, 2, "Bash", "t1", true), started(3, 3, "Read", "t2")));
        assertThat(use.tools()).isEqualTo(2);
        assertThat(use.failedTools()).isEqualTo(1);
    }

    @Test
    void aModelThatWasOnlyBookedIsShownToo() {
        PhaseRow phase = phase("one", "completed", 0L, 1L);
        phase.costByModel = Map.of("claude-haiku-4-5-20251001", "0.04");
        assertThat(Use.of(List.of()).lines(List.of(phase), List.of()))
                .containsExactly(new Use.Line("claude-haiku-4-5-20251001", "haiku-4-5", "0", "$0.04"));
    }

    @Test
    void aModelWithoutAPriceHasNoCost() {
        Use use = Use.of(List.of(tokens(1, "m1", "opus", 5, "0")));
        assertThat(use.lines(List.of(), List.of("opus")).get(0).cost()).isNull();
    }

    @Test
    void cachedIsTheShareOfWhatWentIn() {
        assertThat(Use.cachedPercent(new Usage(5, 500, 5, 90))).isEqualTo(90);
        assertThat(Use.cachedPercent(Usage.NONE)).isZero();
    }
}
