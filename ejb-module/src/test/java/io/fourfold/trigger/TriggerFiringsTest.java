package io.fourfold.trigger;

import static io.fourfold.kit.Given.NOW;
import static io.fourfold.kit.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.Identity;
import io.fourfold.config.TriggerLimits;
import io.fourfold.kit.StateTable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggerFiringsTest {

    private static final String EVENT = "ab".repeat(32);
    private static final TriggerLimits LIMITS =
            new TriggerLimits(1, 3, 0, 10, 20, new BigDecimal("10"), null, 5, 3, 10);

    private static Firing firing(long position, boolean settled) {
        return new Firing("t", EVENT, null, position, "th_a", 1, "def", settled);
    }

    private static FiringCommand.Meet meet(Firing firing) {
        return new FiringCommand.Meet(firing, "exec-1", LIMITS, List::of);
    }

    private static FiringCommand.End end(long version, String cost) {
        return new FiringCommand.End("t", "exec-1", version, "completed", new BigDecimal(cost), null, LIMITS);
    }

    private static FiringEvent.Fired fired() {
        return new FiringEvent.Fired("t", EVENT, null, 5, "th_a", 1, "def", "exec-1", NOW);
    }

    private static FiringEvent.Ended ended(String cost) {
        return new FiringEvent.Ended("t", "exec-1", "completed", new BigDecimal(cost), null, 4, NOW);
    }

    private static Map<String, List<FiringEvent>> states() {
        FiringEvent deferred = new FiringEvent.Deferred("t", EVENT, 5, "th_a", 1, "def", NOW, NOW);
        FiringEvent paused = new FiringEvent.Paused("t", "holidays", NOW);
        Map<String, List<FiringEvent>> states = new LinkedHashMap<>();
        states.put("NEW", List.of());
        states.put("WAITING", List.of(deferred));
        states.put("RUNNING", List.of(fired()));
        states.put("OVER", List.of(fired(), ended("1")));
        states.put("PAUSED", List.of(deferred, paused));
        states.put("RESUMED", List.of(fired(), paused, new FiringEvent.Resumed("t", NOW)));
        return states;
    }

    private static String row(FiringCommand command) {
        return new StateTable<>(TriggerFirings.AGGREGATE, states())
                .of(List.of(command))
                .lines()
                .toList()
                .get(1);
    }

    @Test
    void everyCommandInEveryState() {
        assertThat(List.of(
                        row(meet(firing(9, false))),
                        row(meet(firing(5, false))),
                        row(meet(firing(5, true))),
                        row(end(4, "1")),
                        row(end(7, "12")),
                        row(new FiringCommand.Pause("t", "x")),
                        row(new FiringCommand.Resume("t"))))
                .map(row -> row.replaceAll(" +", " "))
                .containsExactly(
                        "Meet deferred deferred blocked deferred - blocked",
                        "Meet deferred - - - - -",
                        "Meet - fired - - - -",
                        "End - - ended - - ended",
                        "End - - ended+paused ended+paused - ended+paused",
                        "Pause paused paused paused paused no paused",
                        "Resume no no no no resumed no");
    }

    @Test
    void whatWasPaidBeforeIsNotPaidAgain() {
        given(TriggerFirings.AGGREGATE, List.of(fired(), ended("1")))
                .when(end(7, "3.5"))
                .then(new FiringEvent.Ended("t", "exec-1", "completed", new BigDecimal("2.5"), null, 7, NOW));
    }

    @Test
    void ofWhatIsOverTheLatestHundredAreKeptAndAllThatRuns() {
        FiringState state = TriggerFirings.AGGREGATE.evolve(FiringState.NONE, fired());
        for (int i = 0; i < 300; i++) {
            String id = "exec-x" + i;
            state = TriggerFirings.AGGREGATE.evolve(
                    state, new FiringEvent.Fired("t", EVENT, null, 6 + i, "th_" + i, 1, "def", id, NOW));
            state = TriggerFirings.AGGREGATE.evolve(
                    state, new FiringEvent.Ended("t", id, "completed", BigDecimal.ZERO, null, 1, NOW));
        }
        assertThat(state.runs())
                .hasSize(101)
                .containsKeys("exec-1", "exec-x299")
                .doesNotContainKey("exec-x199");
        assertThat(state.open()).hasSize(1);
        assertThat(state.lastFired()).map(FiringEvent.Fired::execution).isPresent();
    }

    @Test
    void triggersOfOneNameInTwoNamespacesAreTwo() {
        assertThat(TriggerFirings.idOf(new Identity("trigger", "default", "t"))).isEqualTo("t");
        assertThat(TriggerFirings.idOf(new Identity("trigger", "acme", "t")))
                .matches("t\\.[0-9a-f]{12}")
                .isNotEqualTo(TriggerFirings.idOf(new Identity("trigger", "acme/shop", "t")));
    }
}
