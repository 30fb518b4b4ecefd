package io.fourfold.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.EventStream.Frame;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    private final Progress progress = new Progress();

    private String apply(String event, String data) throws JsonProcessingException {
        return progress.apply(new Frame(null, event, ApiClient.JSON.readTree(data)));
    }

    @Test
    void everyPhaseHasALineFromTheStart() throws Exception {
        apply("snapshot", "{\"phases\":[{\"phase_id\":\"plan\",\"status\":\"running\"},{\"phase_id\":\"greet\"}]}");
        apply("state", "{\"kind\":\"execution.phase_started.v1\",\"phase_id\":\"plan\"}");
        apply("tool", "{\"type\":\"tool_started\",\"tool_name\":\"Write\",\"phase_id\":\"plan\"}");

        assertThat(progress.board())
                .containsExactly(
                        "▶ plan   running       1 tools       0 tokens           Write",
                        "· greet  pending       0 tools       0 tokens");
    }

    @Test
    void tokensOfAMessageCountOnceAndTheSummarysCostIsTheTruth() throws Exception {
        apply(
                "tokens",
                "{\"type\":\"tokens_used\",\"message_id\":\"m1\",\"input_tokens\":1000,\"output_tokens\":1,\"cost_usd\":\"0.01\",\"phase_id\":\"p\"}");
        apply(
                "tokens",
                "{\"type\":\"tokens_used\",\"message_id\":\"m1\",\"input_tokens\":1000,\"output_tokens\":500,\"phase_id\":\"p\"}");
        apply("tokens", "{\"type\":\"session_summary\",\"cost_usd\":\"0.25\",\"phase_id\":\"p\"}");
        apply("state", "{\"kind\":\"execution.phase_completed.v1\",\"phase_id\":\"p\"}");

        assertThat(progress.board()).containsExactly("✓ p  completed     0 tools    1.5K tokens    $0.25");
    }

    @Test
    void onlyTheLastLinesOfTheFailedPhaseAreShown() throws Exception {
        for (int i = 0; i < 30; i++) {
            apply("chunk", "{\"phase_id\":\"p\",\"text\":\"line " + i + ".\"}");
        }
        apply(
                "end",
                "{\"kind\":\"execution.failed.v1\",\"phase_id\":\"p\",\"reason\":\"TIMEOUT\",\"exit_code\":null,\"status\":\"failed\"}");

        assertThat(
                        progress.failure(
                                ApiClient.JSON.readTree(
                                        "{\"workflow_execution_id\":\"exec-1\",\"status\":\"failed\",\"error_message\":\"Too long\",\"exit_code\":null}")))
                .startsWith("Execution exec-1 failed in phase p, reason timeout", "  Too long", "  | line 10.")
                .endsWith("  | line 29.")
                .hasSize(2 + Progress.LAST_LINES_MAX);
    }
}
