package io.fourfold.orchestration.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Wire;
import io.fourfold.orchestration.Shared;
import io.fourfold.orchestration.workspace.Lines;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Transcript transcript = new Transcript(Prices.DEFAULT);
    private final List<Seen> seen = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v2.0.74_claude-sonnet-4-5_simple-question",
                "v2.0.74_claude-sonnet-4-5_simple-bash",
                "v2.0.74_claude-sonnet-4-5_file-create",
                "artifact-write",
                "v2.0.76_claude-haiku-4-5_subagent-concurrent"
            })
    void everyRecordingCostsWhatItIsKnownToCost(String name) throws IOException {
        JsonNode expected = Wire.MAPPER
                .readTree(Shared.file("fixtures/agent-recordings/EXPECTED.json").toFile())
                .path(name);
        play(recording(name));
        Summary summary = transcript.summary();
        assertThat(summary.usage())
                .isEqualTo(new Usage(
                        expected.path("input_tokens").longValue(),
                        expected.path("output_tokens").longValue(),
                        expected.path("cache_creation_tokens").longValue(),
                        expected.path("cache_read_tokens").longValue()));
        assertThat(Wire.money(summary.costUsd()))
                .isEqualTo(expected.path("cost_usd").textValue());
        assertThat(summary.models().keySet())
                .map(Object::toString)
                .containsExactlyElementsOf(texts(expected.path("models")));
        assertThat(summary.toolsInOrder()).containsExactlyElementsOf(texts(expected.path("tools")));
        assertThat(summary.success()).isTrue();
        assertThat(summary.unpriced()).isEmpty();
    }

    @Test
    void aSessionOfOurOwnIsPricedAsTheProviderPricesIt() throws IOException {
        play(recording("own-two-turn-bash"));
        Summary summary = transcript.summary();
        assertThat(Wire.money(summary.costUsd())).isEqualTo("0.0149");
        assertThat(summary.providerCostUsd()).isCloseTo(summary.costUsd(), within("0.0000001"));
        assertThat(summary.usage()).isEqualTo(new Usage(2400, 84, 0, 1600));
        assertThat(summary.models()).containsOnlyKeys("claude-opus-4-8[1m]");
        assertThat(summary.numTurns()).isEqualTo(2);
        assertThat(summary.resultText()).isEqualTo("Done: the tool printed hello-from-tool.");
        assertThat(types())
                .containsExactly(
                        "message",
                        "tokens_used",
                        "tool_started",
                        "tool_completed",
                        "message",
                        "tokens_used",
                        "session_summary");
    }

    @Test
    void aRecordingFedTwiceChangesNothing() throws IOException {
        play(recording("v2.0.76_claude-haiku-4-5_subagent-concurrent"));
        Summary once = transcript.summary();
        List<Seen> firstTime = List.copyOf(seen);
        play(recording("v2.0.76_claude-haiku-4-5_subagent-concurrent"));
        assertThat(transcript.summary()).isEqualTo(once);
        assertThat(seen).isEqualTo(firstTime);
    }

    @Test
    void withoutAResultEachMessageCountsOnceAndSuccessIsUnknown() throws IOException {
        List<String> lines = Files.readAllLines(recording("artifact-write"));
        lines.subList(0, lines.size() - 1).forEach(this::accept);
        Summary summary = transcript.summary();
        assertThat(summary.success()).isNull();
        assertThat(summary.usage()).isEqualTo(new Usage(13, 182, 5652, 48801));
        assertThat(summary.models()).containsOnlyKeys("claude-sonnet-4-5-20250929");
        assertThat(transcript.running()).isEqualTo(summary.usage());
        assertThat(transcript.runningCost()).isEqualByComparingTo("0.0386043");
    }

    @Test
    void subagentsStartAndStopWithTheirDurations() throws IOException {
        play(recording("v2.0.76_claude-haiku-4-5_subagent-concurrent"));
        assertThat(data(ObservationType.SUBAGENT_STARTED)).hasSize(2);
        assertThat(data(ObservationType.SUBAGENT_STOPPED))
                .extracting(data -> data.path("duration_ms").longValue())
                .containsExactly(5152L - 2681, 5901L - 2349);
        assertThat(data(ObservationType.TOOL_STARTED))
                .filteredOn(data -> data.path("tool_name").asText().equals("Bash"))
                .extracting(data -> data.path("parent_tool_use_id").textValue())
                .containsExactly("toolu_018ExH4zCuqg5JaQGY16zHui", "toolu_01XxMwNeHP7xCrM8bj5UickN");
    }

    @Test
    void aDeniedToolIsBlocked() throws IOException {
        play(recording("v2.0.74_claude-sonnet-4-5_file-create"));
        assertThat(data(ObservationType.TOOL_FAILED)).hasSize(1);
        assertThat(data(ObservationType.TOOL_BLOCKED))
                .singleElement()
                .satisfies(data -> assertThat(data.path("tool_name").asText()).isEqualTo("Write"));
    }

    @Test
    void aLineCutIntoPiecesIsOneLine() {
        String text = "x".repeat(3 * Lines.PIECE_MAX_BYTES);
        String line = "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"model\":\"claude-opus-4-8\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"" + text + "\"}],\"usage\":{\"input_tokens\":7}}}";
        for (int from = 0; from < line.length(); from += Lines.PIECE_MAX_BYTES) {
            accept(line.substring(from, Math.min(line.length(), from + Lines.PIECE_MAX_BYTES)));
        }
        assertThat(types()).containsExactly("message", "tokens_used");
        assertThat(transcript.running().input()).isEqualTo(7);
    }

    @Test
    void plainOutputAndForeignJsonAreChunksAndUnknownKindsArePassedOver() {
        accept("hello");
        accept("{\"level\":\"info\"}");
        accept("{ not json");
        accept("{\"type\":\"brand_new\",\"x\":1}");
        accept("{\"type\":\"system\",\"subtype\":\"task_started\"}");
        accept("{\"_recording\":{}}");
        seen.addAll(transcript.accept(Stream.ERR, "{\"type\":\"assistant\"}", NOW));
        assertThat(types()).containsOnly("stream_chunk").hasSize(4);
        assertThat(seen.getLast().data().text("stream")).contains("err");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "429 rate_limited API Error: 429 slow down",
                "529 provider_capacity API Error: 529 overloaded_error",
                "401 auth Invalid API key",
                "0 auth Invalid API key · Please run /login",
                "0 provider_capacity API Error: Overloaded",
                "0 rate_limited Claude AI usage limit reached|1760000000",
                "0 task The tests fail with 401 of 500 red"
            })
    void aFailedSessionSaysWhy(String row) {
        String[] cells = row.split(" ", 3);
        accept("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":"
                + (cells[0].equals("0") ? "null" : cells[0]) + ",\"result\":\"" + cells[2] + "\"}");
        assertThat(transcript.summary().success()).isFalse();
        assertThat(transcript.summary().sessionError()).isEqualTo(cells[1]);
        assertThat(data(ObservationType.ERROR))
                .extracting(data -> data.path("reason").asText())
                .containsExactly(cells[1]);
    }

    @Test
    void aRetryIsAnErrorThatDoesNotFailTheSession() {
        accept("{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":1,\"max_retries\":2,"
                + "\"retry_delay_ms\":608,\"error_status\":529,\"error\":\"overloaded\",\"uuid\":\"u1\"}");
        accept("{\"type\":\"result\",\"is_error\":false,\"uuid\":\"u2\"}");
        assertThat(data(ObservationType.ERROR))
                .extracting(data -> data.path("reason").asText())
                .containsExactly("provider_capacity");
        assertThat(transcript.summary().success()).isTrue();
        assertThat(transcript.summary().sessionError()).isNull();
    }

    @Test
    void aMessageThatNoModelWroteCostsNothingAndNamesNoModel() {
        accept(
                "{\"type\":\"assistant\",\"error\":\"server_error\",\"message\":{\"id\":\"m1\",\"model\":\"<synthetic>\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"API Error\"}],\"usage\":{\"input_tokens\":5}}}");
        accept("{\"type\":\"result\",\"is_error\":true,\"modelUsage\":{},\"usage\":{\"input_tokens\":0}}");
        assertThat(transcript.summary().models()).isEmpty();
        assertThat(transcript.summary().unpriced()).isEmpty();
        assertThat(transcript.summary().sessionError()).isEqualTo("provider_capacity");
    }

    @Test
    void aModelWithoutPriceIsUnpricedNotGuessed() {
        accept("{\"type\":\"result\",\"is_error\":false,\"modelUsage\":{\"claude-opus-4-9\":{\"inputTokens\":10},"
                + "\"claude-opus-4-8\":{\"inputTokens\":1000000}}}");
        assertThat(transcript.summary().unpriced()).containsExactly("claude-opus-4-9");
        assertThat(transcript.summary().costUsd()).isEqualByComparingTo("5");
        assertThat(transcript.summary().usage().input()).isEqualTo(1_000_010);
    }

    @Test
    void theResultsOwnUsageCountsWhenItHasNoModels() {
        accept("{\"type\":\"system\",\"subtype\":\"init\",\"model\":\"claude-haiku-4-5-20251001\"}");
        accept("{\"type\":\"result\",\"is_error\":false,\"usage\":{\"input_tokens\":100,\"output_tokens\":20}}");
        assertThat(transcript.summary().usage()).isEqualTo(new Usage(100, 20, 0, 0));
        assertThat(transcript.summary().costUsd()).isEqualByComparingTo("0.0002");
    }

    @Test
    void textThatNoDatabaseTakesIsMadeFit() {
        accept("a\0b\uD800c");
        assertThat(seen.getFirst().data().text("text")).contains("a\uFFFDb\uFFFDc");
    }

    private static org.assertj.core.data.Offset<BigDecimal> within(String most) {
        return org.assertj.core.data.Offset.offset(new BigDecimal(most));
    }

    private void play(Path recording) throws IOException {
        Files.readAllLines(recording).forEach(this::accept);
    }

    private void accept(String line) {
        seen.addAll(transcript.accept(line, NOW));
    }

    private List<String> types() {
        return seen.stream().map(one -> one.type().wire()).toList();
    }

    private List<JsonNode> data(ObservationType type) {
        return seen.stream()
                .filter(one -> one.type() == type)
                .map(one -> one.data().tree())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static Path recording(String name) {
        Path folder = Shared.file("fixtures/agent-recordings");
        Path own = folder.resolve(name + ".jsonl");
        return Files.exists(own) ? own : folder.resolve(name).resolve("events.jsonl");
    }
}
