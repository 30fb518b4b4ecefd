package io.fourfold.orchestration.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-4-5-20251001, 5",
        "claude-opus-4-8[1m], 25",
        "claude-opus-4-20250514, 75",
        "claude-sonnet-4-5-20250929[1m], 15",
        "claude-3-5-haiku-latest, 4"
    })
    void dateAndContextSizePlayNoPart(String model, String output) {
        assertThat(Prices.DEFAULT.of(model)).get().satisfies(row -> assertThat(row.output())
                .isEqualByComparingTo(output));
    }

    @ParameterizedTest
    @CsvSource({"claude-opus-4-9", "claude-opus-4-20", "gpt-6", "sonnet", "claude-haiku-4-5-fast"})
    void anUnknownModelHasNoPrice(String model) {
        assertThat(Prices.DEFAULT.of(model)).isEmpty();
    }

    @Test
    void theLongestRowThatCoversAModelWins() {
        Prices prices = new Prices(List.of(
                ModelPrice.of("claude-*", "1", "1", "1", "1"), ModelPrice.of("claude-opus-*", "2", "2", "2", "2")));
        assertThat(prices.of("claude-opus-9")).get().satisfies(row -> assertThat(row.input())
                .isEqualByComparingTo("2"));
    }
}
