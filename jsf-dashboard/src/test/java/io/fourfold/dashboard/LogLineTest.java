package io.fourfold.dashboard;

import static io.fourfold.dashboard.Rows.at;
import static io.fourfold.dashboard.Rows.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.telemetry.ObservationType;
import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void aToolShowsWhatItDoesEvenWhenThePreviewIsCutOff() {
        String cut = "{\\\"command\\\":\\\"git bisect run\\\\n ./mvnw test\\\",\\\"descr";
        LogLine line = LogLine.of(
                seen(7, 3, ObservationType.TOOL_STARTED, "{\"tool_name\":\"Bash\",\"input_preview\":\"" + cut + "\"}"),
                at(9));
        assertThat(line.id()).isEqualTo("o7");
        assertThat(line.fact()).isEqualTo("Bash");
        assertThat(line.text()).isEqualTo("git bisect run ./mvnw test");
        assertThat(line.at().ago()).isEqualTo("6 s ago");
    }

    @Test
    void tokensAreCountedOut() {
        LogLine line = LogLine.of(
                seen(
                        1,
                        0,
                        ObservationType.TOKENS_USED,
                        "{\"input_tokens\":2,\"output_tokens\":311,\"cache_read_tokens\":35762,\"cost_usd\":\"0.016\"}"),
                at(0));
        assertThat(line.text()).isEqualTo("in 2 · out 311 · cache read 35\u202f762 · $0.02");
        assertThat(line.kind()).isEqualTo("tokens");
    }

    @Test
    void aFailedToolIsRed() {
        assertThat(LogLine.of(seen(1, 0, ObservationType.TOOL_FAILED, "{\"duration_ms\":38000}"), at(0)))
                .extracting(LogLine::tone, LogLine::text)
                .containsExactly("failed", "38.0 s");
    }

    @Test
    void aLongLineIsCut() {
        LogLine line = LogLine.of(seen(1, 0, ObservationType.MESSAGE, "{\"text\":\"" + "x".repeat(900) + "\"}"), at(0));
        assertThat(line.text()).hasSize(LogLine.TEXT_MAX).endsWith("…");
    }
}
