package io.fourfold.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictsTest {

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final Verdicts verdicts = new Verdicts(log);

    private Entry say(String actor, Act act, String body, Object... ids) {
        Json json = Json.parse(body.replace('\'', '"').formatted(ids));
        log.append(List.of(Append.of(Draft.of(new ThreadId("th_work"), new Did("did:x:" + actor), act, json))));
        return log.after(log.head() - 1, 1).getFirst();
    }

    @Test
    void aVerdictOnAClaimIsAnObservation() {
        Entry intent = say("alice", Act.INTEND, "{'task':true,'domain':'code'}");
        Entry claim = say("dev", Act.KNOW, "{'fulfills':'%s'}", intent.id());
        Entry verdict = say("bob", Act.KNOW, "{'verdict':'reject','reviews':'%s'}", claim.id());
        assertThat(verdicts.read(verdict))
                .contains(new Observation(
                        verdict.id(),
                        claim.id(),
                        new Did("did:x:dev"),
                        "code",
                        new Did("did:x:bob"),
                        false,
                        3,
                        verdict.recordedAt()));
    }

    @Test
    void aVerdictThatNamesTheIntentJudgesItsLatestClaimBefore() {
        Entry intent = say("alice", Act.INTEND, "{'task':true}");
        say("dev", Act.KNOW, "{'fulfills':'%s','n':1}", intent.id());
        Entry second = say("ops", Act.KNOW, "{'fulfills':'%s','n':2}", intent.id());
        Entry verdict = say("bob", Act.KNOW, "{'verdict':'accept','fulfills':'%s'}", intent.id());
        say("late", Act.KNOW, "{'fulfills':'%s','n':3}", intent.id());
        assertThat(verdicts.read(verdict)).get().satisfies(seen -> {
            assertThat(seen.claim()).isEqualTo(second.id());
            assertThat(seen.actor()).isEqualTo(new Did("did:x:ops"));
            assertThat(seen.domain()).isEqualTo("general");
        });
    }

    @Test
    void theVerdictNamesTheDomainBeforeTheClaimAndTheClaimBeforeTheIntent() {
        Entry intent = say("alice", Act.INTEND, "{'task':true,'domain':'one'}");
        Entry claim = say("dev", Act.KNOW, "{'fulfills':'%s','domain':'two'}", intent.id());
        Entry silent = say("bob", Act.KNOW, "{'verdict':'accept','reviews':'%s'}", claim.id());
        Entry loud = say("eve", Act.KNOW, "{'verdict':'accept','reviews':'%s','domain':'three'}", claim.id());
        assertThat(verdicts.read(silent).map(Observation::domain)).contains("two");
        assertThat(verdicts.read(loud).map(Observation::domain)).contains("three");
    }

    @Test
    void aVerdictOnOneselfIsSeenAsSuch() {
        Entry claim = say("dev", Act.KNOW, "{'topic':'task_done_claim'}");
        Entry verdict = say("dev", Act.KNOW, "{'verdict':'accept','reviews':'%s'}", claim.id());
        assertThat(verdicts.read(verdict).map(Observation::ofOneself)).contains(true);
    }

    @Test
    void nobodyIsJudgedForJudging() {
        Entry claim = say("dev", Act.KNOW, "{'topic':'task_done_claim'}");
        Entry verdict = say("bob", Act.KNOW, "{'verdict':'accept','reviews':'%s'}", claim.id());
        Entry meta = say("eve", Act.KNOW, "{'verdict':'accept','reviews':'%s'}", verdict.id());
        assertThat(verdicts.read(meta)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'verdict':'accept'}",
                "{'verdict':'accept','reviews':'nonsense'}",
                "{'verdict':'accept','reviews':'0000000000000000000000000000000000000000000000000000000000000000'}",
                "{'verdict':'perhaps','reviews':'%s'}",
                "{'verdict':true,'reviews':'%s'}",
                "{'reviews':'%s'}"
            })
    void whatIsNoVerdictOnAClaimIsNoObservation(String body) {
        Entry claim = say("dev", Act.KNOW, "{'topic':'task_done_claim'}");
        assertThat(verdicts.read(say("bob", Act.KNOW, body, claim.id()))).isEqualTo(Optional.empty());
    }

    @Test
    void onlyAKnowIsAVerdict() {
        Entry claim = say("dev", Act.KNOW, "{'topic':'task_done_claim'}");
        assertThat(verdicts.read(say("bob", Act.DO, "{'verdict':'accept','reviews':'%s'}", claim.id())))
                .isEmpty();
    }
}
