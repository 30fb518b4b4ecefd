package io.fourfold.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.InvalidRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                       | ``
            ` [ ] `                  | ``
            [1]                      | 1
            [1,2]                    | 1;2
            [{"a":[1,2]},[3,{}]]     | {"a":[1,2]};[3,{}]
            ["],[","\\"],[","\\\\"]  | "],[";"\\"],[";"\\\\"
            [,{"a"},nonsense,]       | ;{"a"};nonsense;
            """)
    void itemsAreCutAtCommasOutsideOfStringsAndBrackets(String array, String items) {
        List<String> cut = Items.of(array.getBytes(UTF_8), 100).stream()
                .map(item -> new String(item, UTF_8))
                .toList();

        assertThat(String.join(";", cut)).isEqualTo(items);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "7", "[", "[1", "[\"]", "[{]", "[1]2", "[1],[2]"})
    void whatIsNoArrayIsRefusedAsAWhole(String body) {
        assertThatThrownBy(() -> Items.of(body.getBytes(UTF_8), 100))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo("body"));
    }

    @Test
    void noMoreIsCutThanNeededToSeeThatThereAreTooMany() {
        assertThat(Items.of("[1,2,3,4,5,6".getBytes(UTF_8), 3)).hasSize(4);
    }
}
