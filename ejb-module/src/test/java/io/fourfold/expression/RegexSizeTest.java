package io.fourfold.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "a{20}",
                "(ab){10}",
                "(a{5}b){6}",
                "[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{12}",
                "\\d{4}-\\d{2}",
                "[]{3]{7}",
                "a{,3}",
                "a{2,}",
                "(a|b|c){9}",
                "((x{3}){3}){3}"
            })
    void itIsAboutWhatThePatternCompilesTo(String regex) {
        int actual = Pattern.compile(regex).programSize();
        assertThat(RegexSize.of(regex)).isBetween(actual / 4L - 2, actual * 4L + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(((a{1000}){1000}){1000}){1000}", "(a{999}){999}"})
    void whatIsFarTooMuchIsNotCompiledToFindOut(String regex) {
        assertThat(RegexSize.of(regex)).isGreaterThan(500_000);
    }
}
