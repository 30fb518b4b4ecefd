package io.fourfold.trigger;

import static io.fourfold.trigger.TriggerScene.ANY_ALERT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

    private final TriggerScene scene = new TriggerScene();

    private Explanations explanations() {
        return new Explanations(scene.log, scene.firings, new Chain(scene.log), record -> Facts.NONE, scene.clock);
    }

    private Explanation why(Entry event) {
        return explanations().why(scene.declared("t"), event);
    }

    private Explanation test(String payload) {
        return explanations()
                .test(
                        scene.declared("t"),
                        Draft.of(new ThreadId("th_a"), TriggerScene.ALICE, Act.KNOW, Json.parse(payload)));
    }

    private static String verdict(Explanation explanation, String guard) {
        return explanation.guards().stream()
                .filter(g -> g.guard().equals(guard))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void whatFiredIsExplainedAsOfThen() {
        scene.trigger("t", ANY_ALERT);
        Entry event = scene.alert("th_a");
        scene.settle();
        scene.clock.pass(Duration.ofMinutes(5));
        Explanation why = why(event);
        assertThat(why.outcome()).isEqualTo("fires");
        assertThat(why.decided().outcome()).isEqualTo("fired");
        assertThat(why.decided().execution()).isEqualTo(scene.fired("t").getFirst());
        assertThat(why.guards())
                .hasSize(9)
                .allSatisfy(g -> assertThat(g.verdict()).as(g.guard()).isEqualTo("pass"));
    }

    @Test
    void whatWasBlockedSaysByWhomAndUntilWhen() {
        scene.trigger("t", ANY_ALERT + ",\"max_concurrent\":5");
        scene.alert("th_a");
        Entry second = scene.alert("th_a");
        scene.settle();
        Explanation why = why(second);
        assertThat(why.outcome()).isEqualTo("blocked");
        assertThat(why.decided().guard()).isEqualTo("cooldown");
        assertThat(why.decided().retryAt()).isEqualTo(scene.clock.instant().plusSeconds(60));
        assertThat(verdict(why, "cooldown")).isEqualTo("block");
        assertThat(verdict(why, "max_concurrent")).isEqualTo("pass");
    }

    @Test
    void aMissNamesTheConditionThatFailed() {
        scene.trigger(
                "t",
                "\"conditions\":[{\"field\":\"a\",\"operator\":\"eq\",\"value\":1},"
                        + "{\"field\":\"b\",\"operator\":\"not_empty\"}]");
        Entry event = scene.say("th_a", "{\"a\":1}");
        scene.settle();
        Explanation why = why(event);
        assertThat(why.outcome()).isEqualTo("missed");
        assertThat(why.decided()).isNull();
        assertThat(why.conditions()).extracting(Explanation.Condition::holds).containsExactly(true, false);
    }

    @Test
    void aTestFiresNothingAndShowsTheInputs() {
        scene.trigger("t", ANY_ALERT + ",\"input_mapping\":{\"pr\":\"n\"}");
        Explanation test = test("{\"topic\":\"alert\",\"n\":7}");
        assertThat(test.outcome()).isEqualTo("fires");
        assertThat(test.inputs()).containsEntry("pr", "7");
        assertThat(test("{\"n\":7}").outcome()).isEqualTo("missed");
        assertThat(scene.events("t")).isEmpty();
    }

    @Test
    void whatComesFromItsOwnExecutionsSaysSo() {
        scene.trigger("t", "\"expression\":\"true\",\"max_concurrent\":9");
        scene.alert("th_a");
        scene.settle();
        Entry queued = scene.log
                .thread(new ThreadId("th_execution." + scene.fired("t").getFirst()), 0, 1)
                .getFirst();
        assertThat(why(queued).outcome()).isEqualTo("own");
        assertThat(why(queued).depth()).isEqualTo(2);
        Entry its = scene.log.thread(TriggerFirings.threadOf("t"), 0, 1).getFirst();
        assertThat(why(its).outcome()).isEqualTo("not_heard");
    }

    @Test
    void aScheduleIsTestedAsOfNow() {
        scene.trigger("t", "\"source\":\"schedule\",\"schedule\":\"0 0 * * *\"");
        assertThat(test("{}").outcome()).isEqualTo("fires");
    }
}
