package io.fourfold.decision;

import static io.fourfold.decision.DecisionScene.ALICE;
import static io.fourfold.decision.DecisionScene.json;
import static io.fourfold.decision.DecisionScene.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.decision.Decision.Status;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.routing.Cascade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionDeskTest {

    private static final Verdict YES = new Verdict.Approve(null, "fine");
    private static final Verdict NO = new Verdict.Reject("not now");

    private final DecisionScene scene = new DecisionScene();

    private static Refusal refusal(DecisionDesk.Outcome outcome) {
        assertThat(outcome).isInstanceOf(DecisionDesk.Outcome.Refused.class);
        return ((DecisionDesk.Outcome.Refused) outcome).refusal();
    }

    private static Verdict edited(String edit) {
        return new Verdict.Approve(json(edit).tree(), null);
    }

    @Test
    void aRequestSaysAllThatIsNeededToAnswerIt() {
        Decision decision = scene.asked();
        Entry request = decision.request();
        assertThat(request.thread()).isEqualTo(Decisions.THREAD);
        assertThat(request.draft().act()).isEqualTo(Act.KNOW);
        assertThat(request.kind()).isEqualTo("decision.requested.v1");
        assertThat(request.body().text("awaits")).contains("actor_decision");
        assertThat(request.body().tree().get("options")).hasSize(2);
        assertThat(request.body().tree().at("/proposal/target").asText()).isEqualTo("did:x:y");
        assertThat(decision.confidence()).isEqualTo(0.8);
        assertThat(decision.records()).isEqualTo(request.draft().parents());
    }

    @Test
    void anEqualProposalIsNotAskedAgainButItsRecordWaitsToo() {
        Decision first = scene.asked();
        Entry other = scene.intend("{'kind':'deploy','n':2}");
        Decision second = scene.ask(other, rule("another-name", "did:x:y"));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.records()).hasSize(2).contains(other.id());
        assertThat(scene.thread(Decisions.THREAD))
                .filteredOn(entry -> entry.body().text("awaits").isPresent())
                .hasSize(1);
        scene.desk.join(first.id(), other, Cascade.INTELLIGENCE);
        assertThat(scene.thread(Decisions.THREAD)).hasSize(2);
    }

    @Test
    void anApprovalIsInForceOnReturnAndItsRecordNamesRequestAndAnswer() {
        Decision decision = scene.asked();
        assertThat(scene.decide(decision, YES)).isInstanceOf(DecisionDesk.Outcome.Done.class);
        assertThat(scene.rulesInForce()).containsExactly("default/deployments -> did:x:y");
        Decision answered = scene.now(decision);
        assertThat(answered.status()).isEqualTo(Status.APPROVED);
        assertThat(answered.answer().by()).isEqualTo(ALICE);
        assertThat(answered.answer().reason()).isEqualTo("fine");
        assertThat(scene.thread(EngineConfig.THREAD)).singleElement().satisfies(learn -> assertThat(
                        learn.draft().parents())
                .containsExactlyInAnyOrder(decision.id(), answered.answer().id()));
    }

    @Test
    void aRejectionBringsNothingIntoForce() {
        Decision decision = scene.asked();
        scene.decide(decision, NO);
        assertThat(scene.now(decision).status()).isEqualTo(Status.REJECTED);
        assertThat(scene.rulesInForce()).isEmpty();
    }

    @Test
    void anApprovalMayBeEdited() {
        Decision decision = scene.asked();
        scene.decide(decision, edited("{'target':'did:x:z','priority':7,'name':'mine'}"));
        assertThat(scene.rulesInForce()).containsExactly("default/mine -> did:x:z");
        assertThat(scene.configs.current().routingRules().getFirst().value().priority())
                .isEqualTo(7);
        assertThat(scene.log
                        .find(scene.now(decision).answer().id())
                        .orElseThrow()
                        .body()
                        .isTrue("edited"))
                .isTrue();
        assertThat(scene.now(decision).proposal().text("target")).contains("did:x:y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'target':'bob'}                | target
            {'expression':'record.act =='}  | expression
            {'expression':null}             | expression
            {'colour':'red'}                | colour
            {'topic':'adapter'}             | topic
            {'removed':true}                | removed
            {'enabled':false}               | enabled
            """)
    void anEditThatIsNotValidIsRefusedBeforeAnythingIsWritten(String edit, String field) {
        Decision decision = scene.asked();
        long head = scene.log.head();
        Refusal refusal = refusal(scene.decide(decision, edited(edit)));
        assertThat(refusal.code()).isEqualTo(Code.INVALID_INPUT);
        assertThat(refusal.details()).containsEntry("field", field);
        assertThat(scene.log.head()).isEqualTo(head);
        assertThat(scene.now(decision).isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aSecondAnswerIsRefused(boolean first, boolean second) {
        Decision decision = scene.asked();
        scene.decide(decision, first ? YES : NO);
        Refusal refusal = refusal(scene.decide(decision, second ? YES : NO));
        assertThat(refusal.code()).isEqualTo(Code.WRONG_STATE);
        assertThat(refusal.message()).contains(ALICE.value());
    }

    @Test
    void anAnswerThatLandsBetweenReadingAndWritingCounts() {
        Decision decision = scene.asked();
        boolean[] quicker = {true};
        DecisionDesk.Outcome outcome = scene.desk.decide(decision.id().hex(), YES, ALICE, append -> {
            if (quicker[0]) {
                quicker[0] = false;
                scene.say(Decisions.THREAD, DecisionScene.BOB, Act.DO, "{'cancels':'" + decision.id() + "'}");
            }
            return scene.append(append);
        });
        assertThat(refusal(outcome).code()).isEqualTo(Code.WRONG_STATE);
        assertThat(scene.rulesInForce()).isEmpty();
    }

    @Test
    void aCallerWhoMayNotWriteIsRefusedAndNothingFollows() {
        Decision decision = scene.asked();
        Refusal denied = Refusal.of(Code.SCOPE_DENIED, "no");
        DecisionDesk.Outcome outcome =
                scene.desk.decide(decision.id().hex(), YES, ALICE, append -> new Receipt.Refused(denied));
        assertThat(refusal(outcome)).isEqualTo(denied);
        assertThat(scene.now(decision).isOpen()).isTrue();
        assertThat(scene.rulesInForce()).isEmpty();
    }

    @Test
    void aQuestionWithoutAProposalIsAnsweredAndBringsNothingIntoForce() {
        Entry request = scene.say(
                Decisions.THREAD, DecisionScene.BOB, Act.KNOW, "{'awaits':'actor_decision','question':'Deploy?'}");
        Decision decision = scene.register.now().of(request.id()).orElseThrow();
        assertThat(refusal(scene.decide(decision, edited("{'target':'did:x:y'}")))
                        .message())
                .startsWith("edit: ");
        scene.decide(decision, YES);
        assertThat(scene.now(decision).status()).isEqualTo(Status.APPROVED);
        assertThat(scene.thread(EngineConfig.THREAD)).isEmpty();
    }

    @Test
    void anotherThanARoutingRuleMayBeProposedToo() {
        Entry request = scene.say(Decisions.THREAD, DecisionScene.BOB, Act.KNOW, """
                {'awaits':'actor_decision','question':'Longer?',
                 'proposal':{'topic':'engine_limits','decision_timeout_days':9}}""");
        scene.decide(scene.register.now().of(request.id()).orElseThrow(), YES);
        assertThat(scene.configs.current().limits().decisionTimeoutDays()).isEqualTo(9);
    }

    @Test
    void peoplesAnswersMakeTrustInWhoProposedAndNobodyJudgesHimself() {
        Decision decision = scene.asked();
        scene.decide(decision, YES);
        scene.register.now();
        assertThat(scene.register.trust(Cascade.INTELLIGENCE, "routing_rule", scene.clock.instant()))
                .isBetween(0.2, 0.21);
        Decision own = scene.ask(scene.intend("{'kind':'deploy','n':2}"), rule("b", "did:x:z"));
        scene.desk.decide(own.id().hex(), YES, Cascade.INTELLIGENCE, scene::append);
        assertThat(scene.thread(Decisions.THREAD))
                .filteredOn(entry -> entry.kind().equals("decision.judged.v1"))
                .hasSize(1);
    }

    @Test
    void anIdMayBeShortenedWhileItNamesOne() {
        Decision decision = scene.asked();
        assertThat(scene.register.now().find(decision.id().hex().substring(0, 8), any -> true))
                .isInstanceOf(Decisions.Search.One.class);
        assertThat(scene.register.now().find(decision.id().hex(), any -> false))
                .isInstanceOf(Decisions.Search.Failed.class);
        assertThat(refusal(scene.desk.decide("zz", YES, ALICE, scene::append)).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refusal(scene.desk.decide("", YES, ALICE, scene::append)).code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void theWireNamesAreTheFrozenOnes() {
        Decision decision = scene.asked();
        scene.ask(scene.intend("{'kind':'deploy','n':2}"), rule("b", "did:x:y"));
        scene.decide(decision, YES);
        scene.decide(scene.asked(), NO);
        scene.desk.expire(
                scene.ask(scene.intend("{'n':3}"), rule("c", "did:x:c")).id(), 7);
        assertThat(scene.thread(Decisions.THREAD).stream().map(Entry::kind).distinct())
                .containsExactly(
                        "decision.requested.v1",
                        "decision.joined.v1",
                        "decision.approved.v1",
                        "decision.judged.v1",
                        "decision.rejected.v1",
                        "decision.expired.v1");
    }

    @Test
    void nothingMoreIsAskedWhileTooMuchIsOpen() {
        for (int i = 0; i < DecisionDesk.OPEN_MAX; i++) {
            scene.append(Append.of(
                    Draft.of(Decisions.THREAD, ALICE, Act.KNOW, json("{'awaits':'actor_decision','n':" + i + "}"))));
        }
        Entry record = scene.intend("{'kind':'deploy'}");
        DecisionDesk.Outcome outcome = scene.desk.ask(new DecisionDesk.Question(
                "?", rule("a", "did:x:y"), 1, "r", record, record.id(), Cascade.INTELLIGENCE));
        assertThat(refusal(outcome).code()).isEqualTo(Code.OVERLOADED);
    }
}
