package io.fourfold.decision;

import static io.fourfold.decision.DecisionScene.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.config.EngineConfig;
import io.fourfold.decision.Decision.Status;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.routing.Cascade;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsequencesTest {

    private final DecisionScene scene = new DecisionScene();
    private Consequences consequences = started();

    private Consequences started() {
        return new Consequences(
                scene.register, scene.desk, scene.configs::current, scene.log, Cascade.INTELLIGENCE, scene.approvals);
    }

    private int turn() {
        return consequences.turn(scene.clock.instant());
    }

    private void approveByHand(Decision decision, String more) {
        scene.say(Decisions.THREAD, DecisionScene.BOB, Act.DO, "{'fulfills':'" + decision.id() + "'" + more + "}");
    }

    @Test
    void aRuleIsNotLostInACrashBetweenTheAnswerAndItsRecord() {
        Decision decision = scene.asked();
        scene.lost = draft -> draft.act() == Act.LEARN;
        assertThatThrownBy(() -> scene.decide(decision, new Verdict.Approve(null, null)))
                .hasMessageContaining("crashed");
        assertThat(scene.now(decision).status()).isEqualTo(Status.APPROVED);
        assertThat(scene.rulesInForce()).isEmpty();
        assertThatThrownBy(this::turn).hasMessageContaining("crashed");
        scene.lost = draft -> false;
        assertThat(turn()).isEqualTo(1);
        assertThat(scene.rulesInForce()).containsExactly("default/deployments -> did:x:y");
    }

    @Test
    void whatIsInForceIsNotWrittenAgainAlsoAfterARestart() {
        Decision decision = scene.asked();
        scene.decide(decision, new Verdict.Approve(null, null));
        long head = scene.log.head();
        assertThat(turn()).isZero();
        consequences = started();
        assertThat(turn()).isZero();
        assertThat(scene.log.head()).isEqualTo(head);
    }

    @Test
    void aRuleThatWasRemovedSinceStaysRemoved() {
        scene.decide(scene.asked(), new Verdict.Approve(null, null));
        scene.configure("{'topic':'routing_rule','name':'deployments','removed':true}");
        consequences = started();
        turn();
        assertThat(scene.rulesInForce()).isEmpty();
    }

    @Test
    void anAnswerByAPlainRecordComesIntoForceToo() {
        Decision decision = scene.asked();
        approveByHand(decision, "");
        assertThat(turn()).isEqualTo(1);
        assertThat(turn()).isZero();
        assertThat(scene.rulesInForce()).containsExactly("default/deployments -> did:x:y");
    }

    @Test
    void whatAPlainRecordApprovesAndTheLoaderRefusesIsListed() {
        Decision decision = scene.asked();
        approveByHand(decision, ",'proposal':{'topic':'routing_rule','name':'x','expression':'record.act =='}");
        turn();
        assertThat(scene.rulesInForce()).isEmpty();
        assertThat(scene.configs.current().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .startsWith("expression: "));
    }

    /** {@code 0.8} is what is proposed with, and nobody has judged a proposal yet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            proposal_confidence >= 0.8                                       | auto_apply | APPROVED
            proposal_confidence > 0.8                                        | auto_apply | OPEN
            meta_trust > 0.0                                                 | auto_apply | OPEN
            record.thread == \\'th_work\\' && record.body.kind == \\'deploy\\'  | auto_apply | APPROVED
            record.body.nothing.there                                        | auto_apply | OPEN
            true                                                             | present    | OPEN
            """)
    void onlyWhatADecisionRuleSaysIsApplied(String expression, String action, Status then) {
        scene.configure(
                "{'topic':'decision_rule','name':'r','expression':'" + expression + "','action':'" + action + "'}");
        Decision decision = scene.asked();
        turn();
        Decision now = scene.now(decision);
        assertThat(now.status()).isEqualTo(then);
        if (then == Status.APPROVED) {
            assertThat(now.answer().by()).isEqualTo(DecisionDesk.ENGINE);
            assertThat(now.answer().rule()).isEqualTo("default/r");
            assertThat(scene.rulesInForce()).hasSize(1);
        } else {
            assertThat(scene.rulesInForce()).isEmpty();
        }
    }

    @Test
    void withoutADecisionRuleItIsPresented() {
        Decision decision = scene.asked();
        assertThat(turn()).isZero();
        assertThat(scene.now(decision).isOpen()).isTrue();
    }

    @Test
    void theFirstRuleThatHoldsDecidesByItsPriority() {
        scene.configure("{'topic':'decision_rule','name':'all','expression':'true','action':'auto_apply'}");
        scene.configure("""
                {'topic':'decision_rule','name':'careful','expression':'record.body.kind == \\'deploy\\'',
                 'action':'present','priority':5}""");
        Decision decision = scene.asked();
        turn();
        assertThat(scene.now(decision).isOpen()).isTrue();
        scene.configure("{'topic':'decision_rule','name':'careful','removed':true}");
        turn();
        assertThat(scene.now(decision).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void whatOthersProposeIsNeverAppliedByItself() {
        scene.configure("{'topic':'decision_rule','name':'all','expression':'true','action':'auto_apply'}");
        Entry record = scene.intend("{'kind':'deploy'}");
        scene.say(Decisions.THREAD, DecisionScene.BOB, Act.KNOW, """
                {'awaits':'actor_decision','confidence':1,'record':'%s','proposal':%s}""".formatted(
                        record.id(),
                        rule("a", "did:x:y").canonical().replace("'", "\\'").replace('"', '\'')));
        assertThat(turn()).isZero();
        assertThat(scene.register.now().open()).hasSize(1);
    }

    @Test
    void trustFromEarlierAnswersOpensARule() {
        scene.configure("{'topic':'decision_rule','name':'r','expression':'meta_trust > 0.4','action':'auto_apply'}");
        for (int i = 0; i < 3; i++) {
            Decision one = scene.ask(scene.intend("{'kind':'deploy','n':" + i + "}"), rule("r" + i, "did:x:y" + i));
            turn();
            assertThat(scene.now(one).isOpen()).isTrue();
            scene.decide(one, new Verdict.Approve(null, null));
        }
        Decision next = scene.ask(scene.intend("{'kind':'deploy','n':9}"), rule("r9", "did:x:y9"));
        turn();
        assertThat(scene.now(next).status()).isEqualTo(Status.APPROVED);
        assertThat(scene.thread(Decisions.THREAD))
                .filteredOn(entry -> entry.kind().equals("decision.judged.v1"))
                .hasSize(3);
    }

    @Test
    void whatNobodyAnswersExpiresAfterItsDaysAndOnlyOnce() {
        Timeouts timeouts = new Timeouts(scene.register, scene.desk, scene.configs::current);
        Decision old = scene.asked();
        scene.clock.pass(Duration.ofDays(7));
        Decision young = scene.ask(scene.intend("{'kind':'deploy','n':2}"), rule("b", "did:x:z"));
        assertThat(timeouts.result(scene.clock.instant()).tree().get("expired").asInt())
                .isZero();
        scene.clock.pass(Duration.ofSeconds(1));
        assertThat(timeouts.result(scene.clock.instant())
                        .tree()
                        .get("decisions")
                        .get(0)
                        .asText())
                .isEqualTo(old.id().hex());
        assertThat(timeouts.result(scene.clock.instant()).tree().get("expired").asInt())
                .isZero();
        assertThat(scene.now(old).status()).isEqualTo(Status.EXPIRED);
        assertThat(scene.now(old).answer().reason()).contains("7 days");
        assertThat(scene.now(young).isOpen()).isTrue();
        assertThat(scene.decide(old, new Verdict.Approve(null, null))).isInstanceOf(DecisionDesk.Outcome.Refused.class);
        assertThat(scene.thread(EngineConfig.THREAD)).isEmpty();
    }

    @Test
    void theDaysAreTheConfigurations() {
        scene.configure("{'topic':'engine_limits','decision_timeout_days':1}");
        Timeouts timeouts = new Timeouts(scene.register, scene.desk, scene.configs::current);
        scene.asked();
        scene.clock.pass(Duration.ofDays(2));
        assertThat(timeouts.result(scene.clock.instant()).tree().get("expired").asInt())
                .isEqualTo(1);
    }
}
