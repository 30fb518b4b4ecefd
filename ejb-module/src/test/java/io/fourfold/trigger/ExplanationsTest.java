package io.fourfold.trigger;

import static io.fourfold.trigger.TriggerScene.ANY_ALERT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.engine.Moment;
import io.fourfold.expression.Facts;
import io.fourfold.fleet.Fleet;
import io.fourfold.log.Act;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.Routable;
import io.fourfold.trust.Trust;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

    private final TriggerScene scene = new TriggerScene();

    private Explanations explanations() {
        return new Explanations(scene.log, scene.firings, new Chain(scene.log), facts(), scene.clock);
    }

    private BiFunction<Routable, Predicate<Entry>, Facts> facts() {
        return (record, readable) -> new Moment(
                scene.log,
                new Trust(),
                Fleet.CLEAR,
                scene.clock.instant(),
                record.draft().actor(),
                record.namespace(),
                readable);
    }

    private Explanation why(Entry event) {
        return explanations().why(scene.declared("t"), event, any -> true);
    }

    private Explanation test(String payload) {
        return test(payload, any -> true);
    }

    private Explanation test(String payload, Predicate<Entry> readable) {
        return explanations()
                .test(
                        scene.declared("t"),
                        Draft.of(new ThreadId("th_a"), TriggerScene.ALICE, Act.KNOW, Json.parse(payload)),
                        readable);
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
    void aTestTellsNothingOfRecordsItsCallerMayNotRead() {
        scene.trigger("t", "\"expression\":\"thread('th_secret').size() > 0\",\"max_concurrent\":9");
        scene.say("th_secret", "{\"namespace\":\"acme\"}");
        scene.alert("th_a");
        scene.settle();
        assertThat(test("{}").outcome()).isEqualTo("fires");
        assertThat(test("{}", entry -> entry.namespace().equals("default")).outcome())
                .isEqualTo("missed");
    }

    @Test
    void aTestDoesNotTellWhoseAnExecutionIs() {
        scene.trigger("t", ANY_ALERT + ",\"max_concurrent\":9");
        scene.alert("th_a");
        scene.settle();
        String own = "{\"execution_id\":\"" + scene.fired("t").getFirst() + "\"}";
        assertThat(test(own).depth()).isEqualTo(2);
        assertThat(test(own).own()).isTrue();
        assertThat(test(own, none -> false).depth()).isEqualTo(1);
        assertThat(test(own, none -> false).own()).isFalse();
    }

    @Test
    void aScheduleIsTestedAsOfNow() {
        scene.trigger("t", "\"source\":\"schedule\",\"schedule\":\"0 0 * * *\"");
        assertThat(test("{}").outcome()).isEqualTo("fires");
    }
}
