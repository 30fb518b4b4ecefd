package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Map<String, Object> RECORD = Map.of(
            "act",
            "INTEND",
            "body",
            Map.of("n", 3L, "x", 1.5, "goal", "say hello", "tags", List.of("a", "b"), "yes", true));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            record.act == 'INTEND'                      | true
            record.act == 'KNOW'                        | false
            record.body.n == 3                          | true
            record.body.n > 2 && record.body.x < 2.0    | true
            record.body.goal.contains('hello')          | true
            record.body.goal.matches('^say .*')         | true
            'b' in record.body.tags                     | true
            record.body.tags.exists(t, t == 'c')        | false
            has(record.body.nothing)                    | false
            record.body.yes                             | true
            """)
    void itHoldsOrNot(String expression, boolean holds) {
        assertThat(Condition.of(expression).holds(RECORD)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"record.act ==", "", "1 + 1", "nobody.act == 'x'", "record.act == 'x"})
    void whatIsNoConditionIsRefusedWithItsPlace(String expression) {
        assertThatThrownBy(() -> Condition.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMessageSaysWhere() {
        assertThatThrownBy(() -> Condition.of("record.act == nobody")).hasMessageContaining("1:15");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record.body.nothing == 1", "record.body.goal", "record.body.n / 0 == 1"})
    void whatCannotBeSaidOfARecordIsNeitherTrueNorFalse(String expression) {
        Condition condition = Condition.of(expression);
        assertThatThrownBy(() -> condition.holds(RECORD)).isInstanceOf(IllegalStateException.class);
    }
}
