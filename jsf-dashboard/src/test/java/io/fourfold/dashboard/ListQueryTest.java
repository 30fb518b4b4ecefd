package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListQueryTest {

    @Test
    void anAddressWithoutParametersIsTheNewestOfAll() {
        ListQuery query = ListQuery.of(null, null, null, null);
        assertThat(query).isEqualTo(new ListQuery("", "", "-queued", 1));
        assertThat(query.link()).isEqualTo("executions.xhtml");
        assertThat(query.order()).isEqualTo("r.queuedAt desc, r.id");
    }

    @Test
    void whatMeansNothingFallsBack() {
        assertThat(ListQuery.of("ruined", null, "r.id; drop table", "-3"))
                .isEqualTo(new ListQuery("", "", "-queued", 1));
    }

    @Test
    void theAddressKeepsWhatWasChosen() {
        ListQuery query = ListQuery.of("failed", "a b&c", "cost", "3");
        assertThat(query.link()).isEqualTo("executions.xhtml?status=failed&workflow=a%20b%26c&sort=cost&page=3");
        assertThat(query.order()).isEqualTo("r.costUsd asc, r.id");
    }

    @Test
    void anotherFilterOrOrderBeginsAtTheFirstPage() {
        ListQuery query = ListQuery.of("failed", null, null, "3");
        assertThat(query.withStatus("").page()).isEqualTo(1);
        assertThat(query.sortedBy("cost").page()).isEqualTo(1);
    }

    @Test
    void aHeadingTurnsItsOrderRound() {
        ListQuery query = ListQuery.of(null, null, null, null);
        assertThat(query.sortedBy("cost").sort()).isEqualTo("-cost");
        assertThat(query.sortedBy("cost").sortedBy("cost").sort()).isEqualTo("cost");
        assertThat(query.sortedBy("workflow").sort()).isEqualTo("workflow");
        assertThat(query.sortedBy("queued").sort()).isEqualTo("queued");
    }
}
