package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fourfold.log.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

    private static List<String> items(String body) {
        return Batch.items(body.getBytes(StandardCharsets.UTF_8)).stream()
                .map(item -> new String(item, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void itemsAreCutOutAsTheyStand() {
        assertThat(items(" [ {\"a\" : 1},{\"b\":[{\"c\":\"]},{\"}]} ,\n{}] "))
                .containsExactly("{\"a\" : 1}", "{\"b\":[{\"c\":\"]},{\"}]}", "{}");
    }

    @Test
    void lettersOfSeveralBytesDoNotShiftTheCut() {
        assertThat(items("[{\"ä\":\"€𝄞\"},{\"b\":\"ü\"}]")).containsExactly("{\"ä\":\"€𝄞\"}", "{\"b\":\"ü\"}");
    }

    @Test
    void whatIsNotExactIsLeftToTheReaderOfTheItem() {
        assertThat(items("[{\"a\":1,\"a\":2},{\"n\":1e400}]")).containsExactly("{\"a\":1,\"a\":2}", "{\"n\":1e400}");
    }

    @Test
    void anEmptyBatchHasNoItems() {
        assertThat(items("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"a\":[]}", "7", "[{\"a\":1}", "[{\"a\":1},", "[{]", "nothing", "[] []"})
    void whatIsNoArrayIsRefused(String body) {
        Refused refused = catchThrowableOfType(Refused.class, () -> items(body));
        assertThat(refused).as(body).isNotNull();
        assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.INVALID_INPUT);
        assertThat(refused.refusal().message()).startsWith("body: expected ");
    }
}
