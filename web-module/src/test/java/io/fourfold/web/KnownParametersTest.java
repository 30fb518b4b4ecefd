package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownParametersTest {

    private static final Map<String, Class<?>> KNOWN = Map.of(
            "page", int.class, "offset", int.class, "cursor", Long.class, "raw", boolean.class, "id", String.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page   | 1                    | ok
            page   | 2147483647           | ok
            page   | 999999999999         | page: expected a whole number from 1 to 2147483647, but was 999999999999
            page   | 0                    | page: expected a whole number from 1 to 2147483647, but was 0
            page   | -1                   | page: expected a whole number from 1 to 2147483647, but was -1
            page   | ''                   | page: expected a whole number from 1 to 2147483647, but was
            page   | 1e3                  | page: expected a whole number from 1 to 2147483647, but was 1e3
            offset | 0                    | ok
            cursor | 9223372036854775807  | ok
            cursor | 9223372036854775808  | cursor: expected a whole number from 0 to 9223372036854775807, but was 9223372036854775808
            raw    | true                 | ok
            raw    | yes                  | raw: expected true or false, but was yes
            id     | -1                   | ok
            colour | 1                    | colour: expected one of [
            """)
    void aParameterIsWhatItIsDeclaredToBe(String name, String value, String expected) {
        assertThat(KnownParameters.fault(Map.of(name, List.of(value)), KNOWN).orElse("ok"))
                .startsWith(expected);
    }

    @Test
    void everyValueOfARepeatedOneIsLookedAt() {
        assertThat(KnownParameters.fault(Map.of("page", List.of("1", "x")), KNOWN))
                .isPresent();
    }

    @Test
    void noValueHasANul() {
        assertThat(KnownParameters.fault(Map.of("id", List.of("a\0b")), KNOWN))
                .hasValueSatisfying(fault -> assertThat(fault).contains("U+0000"));
    }
}
