package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FiltersTest {

    @Test
    void namesAreSplitAtCommasAndLowered() {
        assertThat(Filters.names("Running, failed")).containsExactly("running", "failed");
        assertThat(Filters.names(" ")).isNull();
        assertThat(Filters.names(null)).isNull();
    }

    @Test
    void timesMayHaveAnOffset() {
        assertThat(Filters.time("t", "2026-01-31T13:00:00+01:00")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(Filters.time("t", null)).isNull();
    }

    @Test
    void aTimeWithoutAZoneIsRefusedByTheNameOfItsParameter() {
        assertThatThrownBy(() -> Filters.time("started_after", "2026-01-31"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("started_after")
                .hasMessageContaining("2026-01-31");
    }

    @Test
    void aResourceTakesTheParametersItNamesAndNoOthers() {
        var list = Arrays.stream(SessionsResource.class.getMethods())
                .filter(method -> method.getName().equals("list"))
                .findFirst()
                .orElseThrow();
        assertThat(KnownParameters.known(list).keySet())
                .containsExactly(
                        "execution_id",
                        "limit",
                        "started_after",
                        "started_before",
                        "status",
                        "statuses",
                        "workflow_id");
    }
}
