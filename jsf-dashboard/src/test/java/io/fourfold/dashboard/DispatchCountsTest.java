package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchCountsTest {

    private static final DispatchQuery ALL = DispatchQuery.of(null, null, null, null, null);

    private final DispatchCounts counts = new DispatchCounts(Map.of(
            List.of("succeeded", "routing_rule"), 1_200L,
            List.of("failed", "routing_rule"), 300L,
            List.of("failed", "trust"), 100L,
            List.of("unrouted", "default"), 4L));

    @Test
    void whatThereIsNoneOfIsNoChoice() {
        assertThat(counts.statuses(ALL))
                .extracting(Choice::text, Choice::count, Choice::chosen)
                .containsExactly(
                        tuple("All", "1\u202f604", true),
                        tuple("Left to people", "4", false),
                        tuple("Succeeded", "1\u202f200", false),
                        tuple("Failed", "400", false));
    }

    @Test
    void eachFilterCountsUnderTheOther() {
        DispatchQuery query = ALL.withStatus("failed").withStep("trust");
        assertThat(counts.statuses(query))
                .extracting(Choice::text, Choice::count)
                .containsExactly(tuple("All", "100"), tuple("Failed", "100"));
        assertThat(counts.steps(query))
                .extracting(Choice::text, Choice::count)
                .containsExactly(tuple("All", "400"), tuple("Routing rule", "300"), tuple("Trust", "100"));
    }

    @Test
    void aChosenOneStaysThoughThereIsNone() {
        assertThat(counts.statuses(ALL.withStatus("waiting")))
                .extracting(Choice::text, Choice::count)
                .contains(tuple("Waiting", "0"));
    }

    @Test
    void theFiguresAreOfAllWhateverIsChosen() {
        assertThat(counts.figures(4))
                .extracting(Figure::id, Figure::value, Figure::limit)
                .contains(
                        tuple("running", "0", "running, of 4"),
                        tuple("success", "75 %", "success, 1\u202f200 of 1\u202f600"));
        assertThat(new DispatchCounts(Map.of()).figures(4))
                .extracting(Figure::limit)
                .contains("success: none has ended");
    }
}
