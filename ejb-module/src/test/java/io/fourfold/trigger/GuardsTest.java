package io.fourfold.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.TriggerLimits;
import io.fourfold.trigger.Guards.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SUBJECT = "acme/shop#7";
    private static final TriggerLimits LIMITS =
            new TriggerLimits(2, 3, 300, 0, 4, new BigDecimal("10.00"), new BigDecimal("25"), 5, 3, 5);

    private final List<FiringEvent> past = new ArrayList<>();
    private final List<Instant> elsewhere = new ArrayList<>();

    private static Firing firing(int depth) {
        return new Firing("t", "ab".repeat(32), null, 1_000, SUBJECT, depth, "def", false);
    }

    private void fired(String execution, String subject, Instant at) {
        past.add(new FiringEvent.Fired("t", "e", null, past.size() + 1, subject, 1, "def", execution, at));
    }

    private void ended(String execution, String outcome, String cost, Instant at) {
        past.add(new FiringEvent.Ended("t", execution, outcome, new BigDecimal(cost), null, past.size() + 1, at));
    }

    private void over(String execution, String outcome, String cost, Instant at) {
        fired(execution, "other " + execution, at);
        ended(execution, outcome, cost, at);
    }

    private FiringState state() {
        FiringState state = FiringState.NONE;
        for (FiringEvent event : past) {
            state = TriggerFirings.AGGREGATE.evolve(state, event);
        }
        return state;
    }

    private Verdict verdict(String guard, Firing firing, TriggerLimits limits) {
        return Guards.all(firing, new Guards.History(state(), () -> elsewhere), limits, NOW).stream()
                .filter(said -> said.guard().equals(guard))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private String word(String guard, Firing firing) {
        return switch (verdict(guard, firing, LIMITS)) {
            case Verdict.Pass pass -> "pass";
            case Verdict.Wait wait -> "wait";
            case Verdict.Block block -> block.pauses() ? "pause" : "block";
        };
    }

    private Instant retryAt(String guard) {
        return ((Verdict.Block) verdict(guard, firing(1), LIMITS)).retryAt();
    }

    @Test
    void theyAreAskedInThisOrder() {
        assertThat(Guards.all(firing(1), new Guards.History(state(), List::of), LIMITS, NOW))
                .extracting(Guards.Said::guard)
                .containsExactly(
                        "max_concurrent",
                        "max_attempts",
                        "cooldown",
                        "debounce",
                        "daily_limit",
                        "budget",
                        "chain_depth",
                        "circuit_breaker",
                        "dispatch_rate");
    }

    @ParameterizedTest
    @CsvSource({"0, pass", "1, pass", "2, block", "3, block"})
    void maxConcurrentCountsWhatRuns(int running, String word) {
        for (int i = 0; i < running; i++) {
            fired("exec-" + i, "other", NOW.minusSeconds(9_000));
        }
        assertThat(word("max_concurrent", firing(1))).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"completed", "failed", "cancelled", "interrupted"})
    void everyEndFreesTheSlot(String outcome) {
        fired("exec-0", "other", NOW.minusSeconds(9_000));
        fired("exec-1", "other", NOW.minusSeconds(9_000));
        assertThat(word("max_concurrent", firing(1))).isEqualTo("block");
        ended("exec-0", outcome, "0", NOW);
        assertThat(word("max_concurrent", firing(1))).isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({"2, acme/shop#7, pass", "3, acme/shop#7, block", "9, acme/shop#8, pass"})
    void maxAttemptsCountsASubject(int times, String subject, String word) {
        for (int i = 0; i < times; i++) {
            fired("exec-" + i, subject, NOW.minusSeconds(90_000));
        }
        assertThat(word("max_attempts", firing(1))).isEqualTo(word);
    }

    @Test
    void aScheduleIsNotTriedTooOften() {
        for (int i = 0; i < 9; i++) {
            fired("exec-" + i, Subjects.SCHEDULE, NOW.minusSeconds(90_000));
        }
        Firing time = new Firing("t", null, NOW, 0, Subjects.SCHEDULE, 1, "def", false);
        assertThat(verdict("max_attempts", time, LIMITS)).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @CsvSource({"0, block", "1, block", "299, block", "300, pass", "301, pass"})
    void cooldownIsForASubject(int secondsAgo, String word) {
        fired("exec-0", SUBJECT, NOW.minusSeconds(secondsAgo));
        fired("exec-1", "acme/shop#8", NOW);
        assertThat(word("cooldown", firing(1))).isEqualTo(word);
        if (word.equals("block")) {
            assertThat(retryAt("cooldown")).isEqualTo(NOW.plusSeconds(300 - secondsAgo));
        }
    }

    @Test
    void aScheduleCoolsDownByItsTimesHoweverLateTheyAre() {
        Instant before = NOW.minusSeconds(300);
        past.add(new FiringEvent.Fired("t", null, before, 0, Subjects.SCHEDULE, 1, "def", "exec-0", NOW));
        Firing time = new Firing("t", null, NOW, 0, Subjects.SCHEDULE, 1, "def", false);
        assertThat(verdict("cooldown", time, LIMITS)).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void debounceWaitsOnce() {
        TriggerLimits limits = new TriggerLimits(2, 3, 0, 10, 4, BigDecimal.TEN, null, 5, 3, 5);
        assertThat(verdict("debounce", firing(1), limits))
                .isInstanceOfSatisfying(
                        Verdict.Wait.class, wait -> assertThat(wait.until()).isEqualTo(NOW.plusSeconds(10)));
        assertThat(verdict("debounce", firing(1).settle(), limits)).isInstanceOf(Verdict.Pass.class);
        assertThat(word("debounce", firing(1))).isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2026-03-01T00:00:00Z, pass",
        "4, 2026-03-01T00:00:00Z, block",
        "4, 2026-02-28T23:59:59Z, pass",
        "5, 2026-03-01T11:59:59Z, block"
    })
    void dailyLimitIsOfADayInUtc(int times, Instant at, String word) {
        for (int i = 0; i < times; i++) {
            over("exec-" + i, "completed", "0", at);
        }
        assertThat(word("daily_limit", firing(1))).isEqualTo(word);
        if (word.equals("block")) {
            assertThat(retryAt("daily_limit")).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9.99, 2026-03-01T01:00:00Z, pass",
        "10,   2026-03-01T01:00:00Z, pause",
        "10.5, 2026-03-01T01:00:00Z, pause",
        "10,   2026-02-28T23:00:00Z, pass",
        "24.9, 2026-02-28T23:00:00Z, pass",
        "25,   2026-02-28T23:00:00Z, pause"
    })
    void reachingTheBudgetPauses(String cost, Instant at, String word) {
        over("exec-0", "completed", cost, at);
        assertThat(word("budget", firing(1))).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"1, pass", "5, pass", "6, block"})
    void chainDepthIsOfThisFiring(int depth, String word) {
        assertThat(word("chain_depth", firing(depth))).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "failed failed, pass",
        "failed failed failed, pause",
        "failed failed completed failed, pass",
        "failed failed cancelled failed, pause",
        "failed interrupted failed, pass"
    })
    void theCircuitBreakerCountsFailuresInARow(String outcomes, String word) {
        int i = 0;
        for (String outcome : outcomes.split(" ")) {
            over("exec-" + i++, outcome, "0", NOW.minusSeconds(9_000));
        }
        assertThat(word("circuit_breaker", firing(1))).isEqualTo(word);
    }

    @Test
    void resumingClosesTheCircuit() {
        for (int i = 0; i < 3; i++) {
            over("exec-" + i, "failed", "0", NOW);
        }
        past.add(new FiringEvent.Paused("t", "circuit_breaker", NOW));
        past.add(new FiringEvent.Resumed("t", NOW));
        assertThat(word("circuit_breaker", firing(1))).isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 59, pass", "2, 3, 59, block", "5, 0, 59, block", "0, 5, 59, block", "5, 5, 60, pass"})
    void dispatchRateCountsAllTriggers(int own, int others, int secondsAgo, String word) {
        Instant at = NOW.minusSeconds(secondsAgo);
        for (int i = 0; i < own; i++) {
            fired("exec-" + i, "other " + i, at);
        }
        for (int i = 0; i < others; i++) {
            elsewhere.add(at);
        }
        assertThat(word("dispatch_rate", firing(1))).isEqualTo(word);
        if (word.equals("block")) {
            assertThat(retryAt("dispatch_rate")).isEqualTo(at.plusSeconds(60));
        }
    }

    @Test
    void theFirstThatDoesNotLetItPassIsTheAnswerAndOthersAreNotAsked() {
        fired("exec-0", SUBJECT, NOW);
        Optional<Guards.Said> first = Guards.first(
                firing(9),
                new Guards.History(state(), () -> {
                    throw new AssertionError("asked");
                }),
                LIMITS,
                NOW);
        assertThat(first).map(Guards.Said::guard).contains("cooldown");
    }
}
