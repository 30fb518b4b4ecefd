package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DispatchQueryTest {

    @Test
    void anAddressWithoutParametersIsTheNewestOfAll() {
        DispatchQuery query = DispatchQuery.of(null, null, null, null, null);
        assertThat(query.link()).isEqualTo("routing.xhtml");
        assertThat(query.order()).isEqualTo("r.routedAt desc, r.id");
    }

    @Test
    void whatMeansNothingFallsBack() {
        assertThat(DispatchQuery.of("ruined", "guess", "r.id; drop table", "0", null))
                .isEqualTo(new DispatchQuery("", "", "-routed", 1, ""));
    }

    @Test
    void theAddressKeepsWhatWasChosen() {
        DispatchQuery query = DispatchQuery.of("failed", "routing_rule", "cost", "3", "ab");
        assertThat(query.link()).isEqualTo("routing.xhtml?status=failed&step=routing_rule&sort=cost&page=3&record=ab");
        assertThat(query.withoutRecord()).isEqualTo("routing.xhtml?status=failed&step=routing_rule&sort=cost&page=3");
        assertThat(query.withStep("trust").page()).isEqualTo(1);
        assertThat(query.withStep("trust").status()).isEqualTo("failed");
    }

    @Test
    void aHeadingBeginsWithTheLargestAndTurnsItsOrderRound() {
        DispatchQuery query = DispatchQuery.of(null, null, null, null, null);
        assertThat(query.sortedBy("latency").sort()).isEqualTo("-latency");
        assertThat(query.sortedBy("latency").sortedBy("latency").sort()).isEqualTo("latency");
        assertThat(query.column("routed", "Routed").direction()).isEqualTo("descending");
        assertThat(query.column("cost", "Cost").direction()).isEqualTo("none");
    }

    @Test
    void everyStatusOfADispatchIsNamed() {
        for (var status : io.fourfold.dispatch.DispatchState.Status.values()) {
            String wire = status.name().toLowerCase(java.util.Locale.ROOT);
            boolean listed =
                    DispatchQuery.STATUSES.stream().anyMatch(s -> s.wire().equals(wire));
            assertThat(listed).as(wire).isEqualTo(status != io.fourfold.dispatch.DispatchState.Status.ABSENT);
        }
    }
}
