package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static final Map<String, Object> VARIABLES =
            Map.of("record", Bindings.plain(Json.parse("""
            {"act": "INTEND", "body": {"n": 3, "x": 1.5, "goal": "say hello", "tags": ["a", "b"], "yes": true,
             "nil": null, "deep": {"er": null}}}
            """).tree()));

    private final Expressions expressions = new Expressions();

    private boolean holds(String text) {
        return expressions.compile(Context.ROUTING, text).holds(VARIABLES, Facts.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            record.act == 'INTEND'                      | true
            record.act == 'KNOW'                        | false
            record.body.n == 3                          | true
            record.body.n > 2 && record.body.x < 2.0    | true
            record.body.n > 2.5                         | true
            record.body.x > 1                           | true
            record.body.goal.contains('hello')          | true
            record.body.goal.matches('^say .*')         | true
            matches(record.body.goal, 'hel+o')          | true
            record.body.goal.matches('^hello')          | false
            'b' in record.body.tags                     | true
            record.body.tags.exists(t, t == 'c')        | false
            has(record.body.nothing)                    | false
            has(record.body.nil)                        | true
            record.body.nil == null                     | true
            has(record.body.deep.er)                    | true
            record.body.yes                             | true
            """)
    void itHoldsOrNot(String expression, boolean holds) {
        assertThat(holds(expression)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            record.act ==          | 1 | 14
            1 + 1                  | 1 | 3
            record.act == nobody   | 1 | 15
            record.act == 'x       | 1 | 15
            trust('x')             | 1 | 6
            """)
    void whatIsNoConditionIsRefusedWithItsPlace(String expression, int line, int column) {
        assertThatThrownBy(() -> holds(expression)).isInstanceOfSatisfying(ExpressionFault.class, fault -> {
            assertThat(fault.line()).as(fault.getMessage()).isEqualTo(line);
            assertThat(fault.column()).as(fault.getMessage()).isEqualTo(column);
        });
    }

    @Test
    void theFaultOfALaterLineSaysWhichLine() {
        assertThatThrownBy(() -> holds("true\n && nobody")).isInstanceOfSatisfying(ExpressionFault.class, fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.column()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"record.body.nothing == 1", "record.body.goal", "record.body.n / 0 == 1"})
    void whatCannotBeSaidOfARecordIsNeitherTrueNorFalse(String expression) {
        assertThatThrownBy(() -> holds(expression)).isInstanceOf(ExpressionFailure.class);
        assertThat(expressions.stats().errors()).isEqualTo(1);
    }
}
