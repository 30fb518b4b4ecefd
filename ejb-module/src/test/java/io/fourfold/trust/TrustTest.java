package io.fourfold.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fourfold.log.Did;
import io.fourfold.log.EntryId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustTest {

    private static final Did DEV = new Did("did:x:dev");
    private static final Did OTHER = new Did("did:x:other");
    private static final Did ALICE = new Did("did:x:alice");
    private static final Did BOB = new Did("did:x:bob");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final List<Observation> all = new ArrayList<>();
    private final Trust trust = new Trust();

    private Observation see(Did actor, String domain, Did evaluator, int claim, boolean accepted, Duration age) {
        int number = all.size() + 1;
        Observation observation = new Observation(
                id(1_000 + number), id(claim), actor, domain, evaluator, accepted, number, NOW.minus(age));
        all.add(observation);
        trust.fold(observation);
        return observation;
    }

    private void see(Did actor, int accepted, int rejected) {
        for (int i = 0; i < accepted + rejected; i++) {
            see(actor, "code", ALICE, actor.hashCode() + i, i < accepted, Duration.ZERO);
        }
    }

    private static EntryId id(int number) {
        return new EntryId(String.format("%064x", number));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0.2065", "3, 0, 0.4385", "10, 0, 0.7225", "10, 2, 0.5520", "50, 0, 0.9287", "96, 4, 0.9016"})
    void theScoreIsThatOfTheTable(int accepted, int rejected, double expected) {
        see(DEV, accepted, rejected);
        Score score = trust.score(DEV, "code", NOW);
        assertThat(score.score()).isEqualTo(expected, within(0.00005));
        assertThat(score.successes()).isEqualTo(accepted);
        assertThat(score.observations()).isEqualTo(accepted + rejected);
        assertThat(score.count()).isEqualTo(accepted + rejected);
    }

    @Test
    void whomNobodyJudgedHasNone() {
        assertThat(trust.score(DEV, "code", NOW)).isEqualTo(new Score(DEV, "code", 0, 0, 0, 0, List.of()));
        assertThat(trust.best("code", NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "90, 0.5", "180, 0.25", "45, 0.70711", "900, 0.00098"})
    void anObservationWeighsHalfAfterNinetyDays(long days, double weight) {
        see(DEV, "code", ALICE, 1, true, Duration.ofDays(days));
        Score score = trust.score(DEV, "code", NOW);
        assertThat(score.observations()).isEqualTo(weight, within(0.00001));
        assertThat(score.successes()).isEqualTo(weight, within(0.00001));
        assertThat(score.score()).isEqualTo(Wilson.lowerBound(weight, weight), within(0.00001));
        assertThat(score.count()).isEqualTo(1);
        assertThat(score.evidence().getFirst().ageDays()).isEqualTo(days, within(0.00001));
    }

    @Test
    void aVerdictOnOneselfIsKeptAndWorthNothing() {
        Observation own = see(DEV, "code", DEV, 1, true, Duration.ZERO);
        Score score = trust.score(DEV, "code", NOW);
        assertThat(score.score()).isZero();
        assertThat(score.count()).isZero();
        assertThat(score.evidence()).containsExactly(new Score.Evidence(own, false, 0, 0));
        assertThat(trust.best("code", NOW)).isEmpty();
    }

    @Test
    void theLatestVerdictOfAnEvaluatorOnAClaimCountsOnce() {
        see(DEV, "code", ALICE, 1, true, Duration.ofDays(2));
        see(DEV, "code", ALICE, 1, false, Duration.ofDays(1));
        see(DEV, "code", BOB, 1, true, Duration.ZERO);
        Score score = trust.score(DEV, "code", NOW);
        assertThat(score.count()).isEqualTo(2);
        assertThat(score.successes()).isEqualTo(1);
        assertThat(score.evidence()).extracting(Score.Evidence::counts).containsExactly(false, true, true);
        assertThat(trust.score(DEV, "code", NOW.minus(Duration.ofDays(1).plusHours(1)))
                        .successes())
                .as("before the second verdict the first still counted")
                .isPositive();
    }

    @Test
    void aVerdictThatMovesToAnotherDomainLeavesTheOneBefore() {
        see(DEV, "code", ALICE, 1, true, Duration.ZERO);
        see(DEV, "law", ALICE, 1, true, Duration.ZERO);
        assertThat(trust.score(DEV, "code", NOW).count()).isZero();
        assertThat(trust.score(DEV, "law", NOW).count()).isEqualTo(1);
    }

    @Test
    void domainsAreApart() {
        see(DEV, "code", ALICE, 1, true, Duration.ZERO);
        see(DEV, "law", ALICE, 2, false, Duration.ZERO);
        assertThat(trust.score(DEV, "code", NOW).score()).isPositive();
        assertThat(trust.score(DEV, "law", NOW).score()).isZero();
    }

    @Test
    void thePastIsAsItWas() {
        see(DEV, "code", ALICE, 1, true, Duration.ofDays(10));
        see(DEV, "code", ALICE, 2, true, Duration.ofDays(5));
        Score then = trust.score(DEV, "code", NOW.minus(Duration.ofDays(10)));
        assertThat(then.count()).isEqualTo(1);
        assertThat(then.observations()).isEqualTo(1);
    }

    @Test
    void whatIsFoldedTwiceOrInAnotherOrderIsTheSame() {
        for (int i = 0; i < 40; i++) {
            see(DEV, "code", i % 2 == 0 ? ALICE : BOB, i / 4, i % 3 > 0, Duration.ofDays(40 - i));
        }
        Score expected = trust.score(DEV, "code", NOW);
        List<Observation> shuffled = new ArrayList<>(all);
        shuffled.addAll(all);
        Collections.shuffle(shuffled, new Random(7));
        Trust again = new Trust();
        shuffled.forEach(again::fold);
        assertThat(again.score(DEV, "code", NOW)).isEqualTo(expected);
    }

    @Test
    void theBestIsTheHighestScoreThenTheMoreObservedThenTheFirstByName() {
        see(DEV, 3, 0);
        see(OTHER, 10, 0);
        see(new Did("did:x:bad"), 0, 5);
        assertThat(trust.ranked("code", NOW)).extracting(Score::actor).containsExactly(OTHER, DEV);
        assertThat(trust.best("code", NOW)).get().extracting(Score::actor).isEqualTo(OTHER);
        assertThat(trust.best("law", NOW)).isEmpty();

        see(new Did("did:x:a"), 10, 0);
        assertThat(trust.best("code", NOW)).get().extracting(Score::actor).isEqualTo(new Did("did:x:a"));
    }
}
