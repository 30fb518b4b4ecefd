package io.fourfold.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, INACTIVE",
        "1, 0, HEALTHY",
        "9, 1, HEALTHY",
        "89, 11, DEGRADED",
        "1, 1, DEGRADED",
        "49, 51, FAILING",
        "0, 1, FAILING"
    })
    void healthFollowsFromTheRateOfSuccess(long completed, long failed, Health expected) {
        assertThat(Health.of(completed, failed)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 10, 0, improving",
        "10, 10, 0, 10, declining",
        "10, 10, 5, 5, stable",
        "10, 0, 10, 0, stable",
        "10, 10, 0, 0, stable"
    })
    void theTrendIsTheLaterHalfAgainstTheEarlier(long completed, long failed, long later, long laterFailed, String is) {
        assertThat(Health.trend(completed, failed, later, laterFailed)).isEqualTo(is);
    }

    @Test
    void severalAreAsBadAsTheWorstOfThem() {
        assertThat(Health.worst(List.of())).isEqualTo(Health.INACTIVE);
        assertThat(Health.worst(List.of(Health.INACTIVE, Health.HEALTHY))).isEqualTo(Health.HEALTHY);
        assertThat(Health.worst(List.of(Health.FAILING, Health.HEALTHY))).isEqualTo(Health.FAILING);
    }
}
