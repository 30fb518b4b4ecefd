package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fourfold.log.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    record Asked(String someName, Integer count, BigDecimal costUsd, Map<String, Inner> inner, List<Integer> list) {}

    record Inner(boolean flag) {}

    private static Refusal refusal(String body) {
        Refused refused = catchThrowableOfType(Refused.class, () -> Body.read(body, Asked.class));
        assertThat(refused).as(body).isNotNull();
        return refused.refusal();
    }

    @Test
    void aBodyIsReadInSnakeCase() {
        assertThat(Body.read("{\"some_name\":\"x\",\"cost_usd\":\"1.50\",\"list\":[1]}", Asked.class))
                .isEqualTo(new Asked("x", null, new BigDecimal("1.50"), null, List.of(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"count":"many"}                | count: expected a number, but was "many"
            {"count":1.5}                   | count: expected a number, but was 1.5
            {"cost_usd":"abc"}              | cost_usd: expected a number, but was "abc"
            {"inner":[]}                    | inner: expected an object, but was []
            {"list":"x"}                    | list: expected a list, but was "x"
            {"list":[1,null]}               | list[1]: expected a value, but was null
            {"some_name":"a\\u0000b"}        | some_name: expected text without U+0000
            {"other":1}                     | other: expected one of
            {"someName":"x"}                | someName: expected one of
            {"inner":{"a":{"flag":"maybe"}}} | inner.a.flag: expected true or false, but was "maybe"
            {"inner":{"a":{"flog":true}}}   | inner.a.flog: expected one of
            {"list":[1,"x"]}                | list.[1]:
            []                              | body:
            "text"                          | body:
            null                            | body:
            {"count":1,"count":2}           | body: expected JSON, but at line 1, column
            {"count":                       | body: expected JSON, but at line 1, column
            {} {}                           | body: expected one JSON object, but there is more after it
            """)
    void whatIsWrongIsNamedWithItsPlace(String body, String message) {
        assertThat(refusal(body).code()).isEqualTo(Refusal.Code.INVALID_INPUT);
        assertThat(refusal(body).message()).startsWith(message);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void anEmptyBodyIsRefused(String body) {
        assertThat(refusal(body).message()).isEqualTo("body: expected a JSON object, but it was empty");
    }

    @Test
    void aRequiredValueThatIsMissingIsNamed() {
        assertThat(Body.required("name", "x")).isEqualTo("x");
        Refused refused = catchThrowableOfType(Refused.class, () -> Body.required("name", null));
        assertThat(refused.refusal().message()).isEqualTo("name: expected a value, but it is missing");
    }
}
