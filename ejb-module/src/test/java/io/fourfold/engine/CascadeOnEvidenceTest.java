package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.dispatch.ReplayAdapter;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.pattern.PatternRegistry;
import io.fourfold.pattern.Patterns;
import io.fourfold.routing.Cascade;
import io.fourfold.trust.Verdicts;
import org.junit.jupiter.api.Test;

/** The steps of the cascade that live on evidence, with records made by hand. */
class CascadeOnEvidenceTest {

    private static final Did BOB = new Did("did:fourfold:agent:bob");
    private static final Did EVE = new Did("did:fourfold:user:eve");

    private final Scene scene = new Scene();

    private void adapter(Did did) {
        scene.say(Scene.CONFIG, Scene.ALICE, Act.LEARN, """
                {"topic":"adapter","name":"a","did":"%s","family":"workflow","workflow":"hello"}""".formatted(did));
    }

    private void judged(int n, Did evaluator, String verdict) {
        ThreadId thread = new ThreadId("th_claims" + n);
        Entry intent = scene.say(thread, Scene.ALICE, Act.INTEND, "{\"dispatch_handled\":true,\"domain\":\"docs\"}");
        scene.say(thread, BOB, Act.KNOW, "{\"fulfills\":\"" + intent.id().hex() + "\",\"domain\":\"docs\"}");
        Entry said = scene.say(
                thread,
                evaluator,
                Act.KNOW,
                "{\"verdict\":\"" + verdict + "\",\"fulfills\":\"" + intent.id().hex() + "\"}");
        new Verdicts(scene.log).read(said).ifPresent(scene.trust::fold);
    }

    private String decidedBy(Entry intent) {
        return scene.dispatchOf(intent).trace().decidedBy();
    }

    @Test
    void theActorTrustedMostInTheDomainIsSentWhatNobodyElseDecided() {
        adapter(BOB);
        judged(1, EVE, "accept");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"write\",\"domain\":\"docs\"}");
        Entry other = scene.say(Act.INTEND, "{\"goal\":\"write\",\"domain\":\"code\"}");
        scene.settle();
        assertThat(decidedBy(intent)).isEqualTo("trust");
        assertThat(scene.dispatchOf(intent).target()).isEqualTo(BOB.value());
        assertThat(scene.executionOf(intent).exists()).isTrue();
        assertThat(decidedBy(other)).isEqualTo("default");
    }

    @Test
    void whoCannotBeReachedOrJudgedHimselfIsNotTrustedWithIt() {
        judged(1, EVE, "accept");
        Entry unreachable = scene.say(Act.INTEND, "{\"goal\":\"write\",\"domain\":\"docs\"}");
        scene.settle();
        assertThat(decidedBy(unreachable)).isEqualTo("default");
    }

    @Test
    void ownVerdictsBringNoTrust() {
        adapter(BOB);
        judged(1, BOB, "accept");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"write\",\"domain\":\"docs\"}");
        scene.settle();
        assertThat(decidedBy(intent)).isEqualTo("default");
    }

    @Test
    void aSettledPatternIsReplayedWithTheNewParametersAndNobodyIsCalled() {
        Patterns patterns = new Patterns(scene.log);
        scene.engine.put(
                Cascade.REPLAY,
                new ReplayAdapter(
                        () -> {
                            patterns.catchUp();
                            return patterns.registry();
                        },
                        scene::append));
        scene.restart();
        scene.say(PatternRegistry.THREAD, Scene.ALICE, Act.LEARN, """
                {"topic":"pattern","pattern":"pat-1","state":"crystallized","target":"did:x:nobody",
                 "shape":{"dial":"REPLAY","in":{"goal":"string","n":"number"},"op":"intend","out":{},"p":"INTEND"},
                 "plan":[{"act":"DO","body":{"text":"did {{goal}}","n":"{{n}}"}}]}""");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"greet\",\"n\":7}");
        scene.settle();
        assertThat(decidedBy(intent)).isEqualTo("pattern");
        assertThat(scene.thread(Scene.WORK))
                .filteredOn(entry -> entry.body().text("replay_of").isPresent())
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.body().text("text")).contains("did greet");
                    assertThat(said.body().tree().get("n").intValue()).isEqualTo(7);
                    assertThat(said.body().isTrue("dispatch_handled")).isTrue();
                });
        assertThat(scene.answers(intent))
                .singleElement()
                .satisfies(answer -> assertThat(answer.body().isTrue("success")).isTrue());
    }
}
