package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.dispatch.Adapter;
import io.fourfold.dispatch.Breaker;
import io.fourfold.dispatch.Brief;
import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.dispatch.Report;
import io.fourfold.dispatch.Result;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.Cascade;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What becomes of dispatches, asked of the log. */
class DispatcherTest {

    private final Scene scene = new Scene();
    private final Queue<Report> reports = new ArrayDeque<>();

    private void adapter(boolean repeatable, Report... next) {
        reports.addAll(List.of(next));
        scene.engine.put(Cascade.INTELLIGENCE, new Adapter() {
            @Override
            public String family() {
                return "scripted";
            }

            @Override
            public boolean repeatable() {
                return repeatable;
            }

            @Override
            public Report perform(Brief brief) {
                return reports.remove();
            }
        });
        scene.intelligence = true;
        scene.restart();
    }

    private Entry intent() {
        return scene.say(Act.INTEND, "{\"goal\":\"go\"}");
    }

    @Test
    void bothIntentsAreFulfilledWhenItIsDone() {
        adapter(true, Report.done());
        Entry intent = intent();
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(scene.answers(intent)).hasSize(1);
        Entry own = scene.workIntent(intent);
        assertThat(scene.thread(own.thread()))
                .filteredOn(entry -> entry.body().text("fulfills").isPresent())
                .singleElement()
                .satisfies(closed -> assertThat(closed.body().text("fulfills"))
                        .contains(own.id().hex()));
    }

    @Test
    void aFaultThatMayPassIsTriedThreeTimesAndNoMore() {
        adapter(true, new Report.Transient("away"), new Report.Transient("away"), new Report.Transient("away"));
        Entry intent = intent();
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.FAILED);
        assertThat(scene.answers(intent)).singleElement().satisfies(answer -> assertThat(
                        answer.body().text("failure_reason"))
                .contains("away (3 tries)"));
    }

    @Test
    void whoReportsOnTheDispatchesOwnThreadEndsIt() {
        adapter(true, new Report.HandedOver(null));
        Entry intent = intent();
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.HANDED_OVER);
        Entry own = scene.workIntent(intent);
        scene.say(own.thread(), new Did("did:x:worker"), Act.KNOW, """
                {"fulfills":"%s","success":false,"failure_reason":"too hard","cost_usd":"0.2"}""".formatted(
                        own.id().hex()));
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.FAILED);
        assertThat(scene.answers(intent)).singleElement().satisfies(answer -> {
            assertThat(answer.body().text("failure_reason")).contains("too hard");
            assertThat(answer.body().text("cost_usd")).contains("0.2");
        });
        assertThat(scene.thread(own.thread()))
                .filteredOn(entry -> entry.body().text("fulfills").isPresent())
                .hasSize(1);
    }

    @Test
    void whoAnswersTheRecordItselfEndsItAndIsNotRepeated() {
        adapter(true, new Report.HandedOver(null));
        Entry intent = intent();
        scene.settle();
        scene.say(Act.KNOW, "{\"fulfills\":\"" + intent.id().hex() + "\"}");
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(scene.answers(intent)).isEmpty();
    }

    @Test
    void whoAnswersElsewhereEndsItOnlyFromTheSameNamespaceAndTheThreadIsStillTold() {
        adapter(true, new Report.HandedOver(null));
        Entry intent = intent();
        scene.settle();
        String answer = "{\"fulfills\":\"" + intent.id().hex() + "\"%s}";
        ThreadId elsewhere = new ThreadId("th_elsewhere");
        scene.say(elsewhere, Scene.ALICE, Act.KNOW, answer.formatted(",\"namespace\":\"acme\""));
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.HANDED_OVER);
        scene.say(elsewhere, Scene.ALICE, Act.KNOW, answer.formatted(""));
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(scene.answers(intent)).hasSize(1);
    }

    @Test
    void whatNoRecordCanHoldIsMadePlain() {
        adapter(true, new Report.Finished(new Result(false, "a\0b\uD800", BigDecimal.ZERO, Long.MAX_VALUE, -1)));
        Entry intent = intent();
        scene.settle();
        assertThat(scene.answers(intent)).singleElement().satisfies(said -> {
            assertThat(said.body().text("failure_reason")).contains("a\uFFFDb\uFFFD");
            assertThat(said.body().tree().get("tokens_in").longValue()).isEqualTo((1L << 53) - 1);
            assertThat(said.body().tree().get("tokens_out").longValue()).isZero();
        });
    }

    @Test
    void somebodyMayAnswerWhatNobodyWasFoundFor() {
        Entry intent = intent();
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.UNROUTED);
        scene.say(Act.KNOW, "{\"fulfills\":\"" + intent.id().hex() + "\"}");
        scene.settle();
        assertThat(scene.dispatchOf(intent).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aTargetWithoutAnAdapterIsAFailureThatSaysWhatToDo() {
        Entry intent = scene.say(Act.INTEND, "{\"to\":\"did:x:nobody\"}");
        scene.settle();
        assertThat(scene.answers(intent)).singleElement().satisfies(answer -> assertThat(
                        answer.body().text("failure_reason").orElseThrow())
                .startsWith("no_adapter")
                .contains("fourfold config add adapter"));
    }

    @Test
    void aBreakerOpensAfterFiveFailuresInARowAndLetsOneThroughAfterAWhile() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Breaker breaker = new Breaker();
        for (int i = 1; i < Breaker.FAILURES_MAX; i++) {
            breaker.failed("did:x:y", now);
        }
        assertThat(breaker.most(now)).isEmpty();
        breaker.failed("did:x:y", now);
        assertThat(breaker.most(now)).containsEntry("did:x:y", 0);
        Instant later = now.plus(Breaker.OPEN);
        assertThat(breaker.most(later)).containsEntry("did:x:y", 1);
        breaker.failed("did:x:y", later);
        assertThat(breaker.most(later.plus(Duration.ofSeconds(1)))).containsEntry("did:x:y", 0);
        breaker.succeeded("did:x:y");
        assertThat(breaker.most(later)).isEmpty();
    }
}
