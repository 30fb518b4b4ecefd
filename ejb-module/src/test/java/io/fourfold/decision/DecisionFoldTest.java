package io.fourfold.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.decision.Decision.Status;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionFoldTest {

    private static final String ASK = "{'awaits':'actor_decision','question':'Now?','proposal':"
            + "{'topic':'routing_rule','name':'a','expression':'true','target':'did:x:y'}}";

    private final DecisionScene scene = new DecisionScene();

    private Entry say(String actor, Act act, String body) {
        return scene.say(Decisions.THREAD, new Did(actor), act, body);
    }

    private Status status(Entry request) {
        return scene.register.now().of(request.id()).orElseThrow().status();
    }

    /** {@code ID} stands for the request's id. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            did:fourfold:user:bob         | DO   | {'fulfills':'ID'}                                          | APPROVED
            did:fourfold:user:bob         | DO   | {'cancels':'ID'}                                           | REJECTED
            did:fourfold:user:bob         | DO   | {'cancels':'ID','fulfills':'ID'}                           | REJECTED
            did:fourfold:system:decisions | DO   | {'cancels':'ID','kind':'decision.expired.v1'}              | EXPIRED
            did:fourfold:user:bob         | DO   | {'cancels':'ID','kind':'decision.expired.v1'}              | REJECTED
            did:fourfold:user:bob         | KNOW | {'fulfills':'ID'}                                          | OPEN
            did:fourfold:user:bob         | DO   | {'fulfills':'no id'}                                       | OPEN
            did:fourfold:user:bob         | DO   | {'fulfills':7}                                             | OPEN
            did:fourfold:user:bob         | DO   | {'note':'ID'}                                              | OPEN
            did:fourfold:user:bob         | DO   | {'fulfills':'ID','proposal':{'namespace':'acme'}}          | OPEN
            """)
    void anAnswerIsADoThatNamesTheRequest(String actor, Act act, String answer, Status then) {
        Entry request = say("did:x:agent", Act.KNOW, ASK);
        say(actor, act, answer.replace("ID", request.id().hex()));
        assertThat(status(request)).isEqualTo(then);
    }

    /** Asked in {@code acme}, for a rule in {@code acme/shop}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'fulfills':'ID'}                                                              | OPEN
            {'fulfills':'ID','namespace':'acme'}                                           | OPEN
            {'fulfills':'ID','namespace':'acme/shop'}                                      | APPROVED
            {'fulfills':'ID','namespace':'acme','proposal':{'namespace':'acme'}}           | APPROVED
            {'fulfills':'ID','namespace':'acme','proposal':{'namespace':'other'}}          | OPEN
            {'fulfills':'ID','namespace':'acme','proposal':{}}                             | OPEN
            {'cancels':'ID'}                                                               | OPEN
            {'cancels':'ID','namespace':'other'}                                           | OPEN
            {'cancels':'ID','namespace':'acme'}                                            | REJECTED
            """)
    void anAnswerCountsWhereItsRuleOrItsQuestionIsAtHome(String answer, Status then) {
        Entry request = say(
                "did:x:agent",
                Act.KNOW,
                "{'awaits':'actor_decision','namespace':'acme','proposal':{'namespace':'acme/shop'}}");
        say("did:fourfold:user:bob", Act.DO, answer.replace("ID", request.id().hex()));
        assertThat(status(request)).isEqualTo(then);
    }

    @Test
    void theFirstAnswerCounts() {
        Entry request = say("did:x:agent", Act.KNOW, ASK);
        say("did:x:a", Act.DO, "{'cancels':'" + request.id() + "','reason':'no'}");
        say("did:x:b", Act.DO, "{'fulfills':'" + request.id() + "'}");
        Decision decision = scene.register.now().of(request.id()).orElseThrow();
        assertThat(decision.status()).isEqualTo(Status.REJECTED);
        assertThat(decision.answer().by()).isEqualTo(new Did("did:x:a"));
        assertThat(decision.answer().reason()).isEqualTo("no");
    }

    @Test
    void equalOpenProposalsAreMergedAndAnAnswerToEitherAnswersBoth() {
        Entry request = say("did:x:agent", Act.KNOW, ASK);
        Entry again = say("did:x:other", Act.KNOW, ASK.replace("'name':'a'", "'name':'b'"));
        Entry different = say("did:x:agent", Act.KNOW, ASK.replace("did:x:y", "did:x:z"));
        assertThat(scene.register.now().all()).extracting(Decision::id).containsExactly(request.id(), different.id());
        say("did:x:a", Act.DO, "{'fulfills':'" + again.id() + "'}");
        assertThat(status(request)).isEqualTo(Status.APPROVED);
        assertThat(status(different)).isEqualTo(Status.OPEN);
        Entry later = say("did:x:agent", Act.KNOW, ASK);
        assertThat(status(later)).isEqualTo(Status.OPEN);
    }

    @Test
    void questionsWithoutProposalsAreNeverEqual() {
        say("did:x:agent", Act.KNOW, "{'awaits':'actor_decision','question':'Now?'}");
        say("did:x:agent", Act.KNOW, "{'awaits':'actor_decision','question':'Now?'}");
        assertThat(scene.register.now().open()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'awaits':'actor_decision','confidence':2}
            {'awaits':'actor_decision','confidence':'high','options':7,'proposal':'x','rationale':{},'record':'x'}
            """)
    void whatARequestSaysWronglyItDoesNotSay(String body) {
        Entry request = say("did:x:agent", Act.KNOW, body);
        Decision decision = scene.register.now().of(request.id()).orElseThrow();
        assertThat(decision.confidence()).isNull();
        assertThat(decision.proposal()).isNull();
        assertThat(decision.options()).isEmpty();
        assertThat(decision.question()).isEqualTo("(no question)");
    }

    @Test
    void ofMoreThanAreKeptTheOldestAnsweredIsForgottenFirst() {
        DecisionFold fold = new DecisionFold(2);
        Entry first = say("did:x:agent", Act.KNOW, "{'awaits':'actor_decision','question':'1'}");
        Entry second = say("did:x:agent", Act.KNOW, "{'awaits':'actor_decision','question':'2'}");
        say("did:x:a", Act.DO, "{'fulfills':'" + second.id() + "'}");
        Entry third = say("did:x:agent", Act.KNOW, "{'awaits':'actor_decision','question':'3'}");
        Entry fourth = say("did:x:agent", Act.KNOW, "{'awaits':'actor_decision','question':'4'}");
        scene.thread(Decisions.THREAD).stream().limit(4).forEach(fold::add);
        assertThat(fold.snapshot().all()).extracting(Decision::id).containsExactly(first.id(), third.id());
        fold.add(fourth);
        assertThat(fold.snapshot().all()).extracting(Decision::id).containsExactly(third.id(), fourth.id());
    }
}
