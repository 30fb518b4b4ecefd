package io.fourfold.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,   0,   0
            0,   5,   0
            1,   1,   0.2065
            3,   3,   0.4385
            5,   5,   0.5655
            10,  10,  0.7225
            10,  12,  0.5520
            45,  50,  0.7864
            50,  50,  0.9287
            35,  35,  0.9011
            96,  100, 0.9016
            7,   10,  0.3968
            """)
    void theLowerBoundIsThatOfTheTable(double successes, double observations, double expected) {
        assertThat(Wilson.lowerBound(successes, observations)).isEqualTo(expected, within(0.00005));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,1000", "0,0.3"})
    void withoutASuccessItIsExactlyNothing(double successes, double observations) {
        assertThat(Wilson.lowerBound(successes, observations)).isZero();
    }
}
