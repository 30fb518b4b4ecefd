package io.fourfold.trigger;

import static io.fourfold.trigger.TriggerScene.ALICE;
import static io.fourfold.trigger.TriggerScene.ANY_ALERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.config.EngineConfig;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.DispatchCommand;
import io.fourfold.dispatch.Result;
import io.fourfold.dispatch.Subject;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.routing.RoutingTrace;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggersTest {

    private final TriggerScene scene = new TriggerScene();

    @Test
    void aRecordStartsTheWorkflowOnceWithItsInputs() {
        scene.trigger("t", ANY_ALERT + ",\"input_mapping\":{\"pr\":\"a.b[1].n\"}");
        Entry event = scene.say("th_a", "{\"topic\":\"alert\",\"a\":{\"b\":[{},{\"n\":7}]}}");
        scene.say("th_a", "{\"topic\":\"other\"}");
        scene.settle();
        assertThat(scene.fired("t")).singleElement().satisfies(id -> {
            assertThat(scene.execution(id).plan().inputs()).containsEntry("pr", "7");
            assertThat(scene.execution(id).plan().cause()).isEqualTo(event.id().hex());
            assertThat(scene.execution(id).plan().maxCostUsd()).isEqualByComparingTo("10");
        });
        assertThat(scene.tallies.counts("t").missed()).isPositive();
    }

    @Test
    void aTriggerHearsNothingFromBeforeItsDefinition() {
        scene.alert("th_a");
        scene.trigger("t", ANY_ALERT);
        scene.settle();
        assertThat(scene.events("t")).isEmpty();
    }

    /** Though the loop comes to it only after the trigger was changed. */
    @Test
    void anEventIsMetByTheDefinitionOfItsTime() {
        scene.trigger("t", ANY_ALERT);
        Entry alert = scene.alert("th_a");
        scene.trigger("t", "\"expression\":\"has(record.body.topic) && record.body.topic == 'other'\"");
        scene.alert("th_b");
        scene.settle();
        assertThat(scene.events("t", FiringEvent.Fired.class)).singleElement().satisfies(fired -> assertThat(
                        fired.event())
                .isEqualTo(alert.id().hex()));
    }

    @Test
    void aBurstOfConfigurationIsFoldedAsItIsReadAndNotAnewForEachRecord() {
        scene.trigger("t", ANY_ALERT + ",\"max_concurrent\":9");
        scene.settle();
        for (int i = 0; i < 1_000; i++) {
            scene.trigger("u", "\"expression\":\"record.body.n == " + i + "\"");
        }
        scene.alert("th_a");
        for (int i = 0; i < 1_000; i++) {
            scene.trigger("t", "\"expression\":\"record.body.n == " + i + "\"");
        }
        scene.alert("th_b");
        long before = scene.log.begun(EngineConfig.THREAD);
        scene.settle();
        assertThat(scene.fired("t")).hasSize(1);
        assertThat(scene.log.begun(EngineConfig.THREAD) - before).isLessThanOrEqualTo(1);
    }

    /** A turn that failed is repeated: what came later in it is not there yet. */
    @Test
    void whatIsReadAgainIsMetByTheDefinitionOfItsTimeToo() {
        scene.alert("th_0");
        scene.alert("th_a");
        scene.trigger("t", ANY_ALERT + ",\"max_concurrent\":9");
        scene.cursor.crashes = true;
        assertThatThrownBy(scene::settle).hasMessageContaining("crashed");
        scene.cursor.crashes = false;
        scene.settle();
        assertThat(scene.events("t")).isEmpty();
    }

    @Test
    void anExpressionThatCannotBeEvaluatedIsAMissAndIsCounted() {
        scene.trigger("t", "\"expression\":\"record.body.topic == 'alert'\"");
        scene.say("th_a", "{\"a\":1}");
        scene.settle();
        assertThat(scene.events("t")).isEmpty();
        assertThat(scene.tallies.counts("t").failed()).isEqualTo(1);
    }

    @Test
    void aWorkflowThatCannotBeStartedIsAFailure() {
        scene.trigger("t", ANY_ALERT + ",\"workflow\":\"nowhere\",\"circuit_breaker\":1");
        scene.alert("th_a");
        scene.settle();
        assertThat(scene.events("t", FiringEvent.Ended.class)).singleElement().satisfies(ended -> {
            assertThat(ended.outcome()).isEqualTo("failed");
            assertThat(ended.reason()).contains("nowhere does not exist");
        });
        assertThat(scene.state("t").paused()).startsWith("circuit_breaker");
    }

    /** It must not stand in the way of what comes after it. */
    @Test
    void whatIsTooLongToBeStartedIsAFailureToo() {
        String twice = "\"max_concurrent\":9,\"cooldown\":0,\"input_mapping\":{\"goal\":\"text\",\"pr\":\"text\"},";
        scene.trigger("t", twice + "\"target\":\"did:x:bot\"," + ANY_ALERT);
        scene.trigger("u", twice.replace("\"goal\":\"text\",", "") + ANY_ALERT);
        scene.say("th_a", "{\"topic\":\"alert\",\"text\":\"" + "x".repeat(600_000) + "\"}");
        scene.alert("th_a");
        scene.settle();
        for (String name : List.of("t", "u")) {
            assertThat(scene.fired(name)).as(name).hasSize(2);
            assertThat(scene.events(name, FiringEvent.Ended.class))
                    .as(name)
                    .singleElement()
                    .satisfies(ended -> assertThat(ended.reason()).startsWith("not started: "));
        }
    }

    @Test
    void anEndFreesTheSlotAndIsPaid() {
        scene.trigger("t", ANY_ALERT + ",\"budget\":\"2\"");
        scene.alert("th_a");
        scene.alert("th_b");
        scene.settle();
        assertThat(scene.blocking("t")).containsExactly("max_concurrent");
        scene.complete(scene.fired("t").getFirst(), "1.5");
        scene.settle();
        scene.alert("th_c");
        scene.settle();
        assertThat(scene.fired("t")).hasSize(2);
        assertThat(scene.execution(scene.fired("t").getLast()).plan().maxCostUsd())
                .isEqualByComparingTo("0.5");
        assertThat(scene.state("t").on(scene.clock.instant()).costUsd()).isEqualByComparingTo("1.5");
        scene.complete(scene.fired("t").getLast(), "0.5");
        scene.settle();
        assertThat(scene.state("t").paused()).startsWith("budget: 2");
        scene.alert("th_d");
        scene.settle();
        assertThat(scene.fired("t")).hasSize(2);
    }

    @Test
    void threeFailuresInARowPauseItUntilItIsResumed() {
        scene.trigger("t", ANY_ALERT);
        for (int i = 0; i < 3; i++) {
            scene.alert("th_" + i);
            scene.settle();
            scene.fail(scene.fired("t").getLast());
            scene.settle();
        }
        assertThat(scene.state("t").paused()).isEqualTo("circuit_breaker: 3 failures in a row");
        scene.alert("th_x");
        scene.settle();
        assertThat(scene.fired("t")).hasSize(3);
        assertThat(scene.commands.handle(TriggerFirings.AGGREGATE, new FiringCommand.Resume("t"), ALICE))
                .isInstanceOf(Outcome.Done.class);
        scene.alert("th_y");
        scene.settle();
        assertThat(scene.fired("t")).hasSize(4);
    }

    @Test
    void whatWasTriedAgainIsPaidOnceEach() {
        scene.trigger("t", ANY_ALERT);
        scene.alert("th_a");
        scene.settle();
        String id = scene.fired("t").getFirst();
        scene.fail(id);
        scene.settle();
        scene.tell(new ExecutionCommand.Retry(id));
        scene.complete(id, "1.25");
        scene.settle();
        assertThat(scene.events("t", FiringEvent.Ended.class))
                .extracting(FiringEvent.Ended::outcome)
                .containsExactly("failed", "completed");
        assertThat(scene.state("t").costUsd()).isEqualByComparingTo("1.25");
        assertThat(scene.state("t").failures()).isZero();
    }

    @Test
    void ofEventsCloseTogetherTheLastFiresOnce() {
        scene.trigger("t", ANY_ALERT + ",\"debounce\":10,\"cooldown\":0");
        scene.alert("th_a");
        scene.settle();
        scene.pass(6);
        Entry last = scene.alert("th_a");
        scene.settle();
        scene.pass(9);
        assertThat(scene.fired("t")).isEmpty();
        scene.restart();
        scene.pass(1);
        assertThat(scene.events("t", FiringEvent.Fired.class)).singleElement().satisfies(fired -> assertThat(
                        fired.event())
                .isEqualTo(last.id().hex()));
        scene.pass(30);
        assertThat(scene.fired("t")).hasSize(1);
        assertThat(scene.queued()).hasSize(1);
    }

    @Test
    void aTriggerDoesNotFireOnWhatItsOwnExecutionsRecord() {
        String any = "\"expression\":\"record.thread.startsWith('th_execution.') || record.thread == 'th_agent'"
                + " || has(record.body.topic)\",\"max_concurrent\":64,\"cooldown\":0,\"max_attempts\":100";
        scene.trigger("t", any);
        scene.alert("th_a");
        scene.settle();
        String id = scene.fired("t").getFirst();
        scene.say("th_agent", "{\"execution_id\":\"" + id + "\"}");
        scene.fail(id);
        scene.settle();
        assertThat(scene.fired("t")).hasSize(1);
        assertThat(scene.tallies.counts("t").own()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void unlessItIsToldTo() {
        scene.trigger(
                "t",
                "\"on_own\":true,\"expression\":\"has(record.body.kind) && record.body.kind == 'execution.failed.v1'"
                        + " || has(record.body.topic)\",\"chain_depth\":2,\"max_concurrent\":9,\"circuit_breaker\":9");
        scene.alert("th_a");
        for (int i = 0; i < 5; i++) {
            scene.settle();
            scene.fail(scene.fired("t").getLast());
        }
        scene.settle();
        assertThat(scene.fired("t")).hasSize(2);
        assertThat(scene.blocking("t")).contains("chain_depth");
    }

    @Test
    void twoThatFireEachOtherStopAtTheDepthOfTheChain() {
        String free = ",\"max_concurrent\":64,\"cooldown\":0,\"daily_limit\":1000,\"dispatch_rate\":1000";
        for (String name : List.of("ping", "pong")) {
            String other = name.equals("ping") ? "pong" : "ping";
            scene.trigger(
                    "t-" + name,
                    "\"workflow\":\"" + name
                            + "\",\"expression\":\"has(record.body.plan) && record.body.plan.workflow_id" + " == '"
                            + other + "' || has(record.body.serve) && '" + name + "' == 'ping'\"" + free);
        }
        scene.say("th_court", "{\"serve\":true}");
        scene.settle();
        assertThat(scene.queued()).hasSize(5);
        assertThat(scene.blocking("t-ping").size() + scene.blocking("t-pong").size())
                .isEqualTo(1);
        assertThat(scene.blocking("t-pong")).containsExactly("chain_depth");
    }

    @Test
    void aTargetGetsAnIntentAndItsDispatchIsTheFiringsEnd() {
        scene.trigger("t", ANY_ALERT + ",\"target\":\"did:x:bot\"");
        Entry event = scene.alert("th_a");
        scene.settle();
        Entry intent = scene.all().stream()
                .filter(entry -> entry.draft().act() == Act.INTEND)
                .findFirst()
                .orElseThrow();
        assertThat(intent.body().text("to")).contains("did:x:bot");
        assertThat(intent.draft().parents()).containsExactly(event.id());
        String id = Dispatch.idOf(intent.id());
        assertThat(scene.fired("t")).containsExactly(id);
        RoutingTrace trace =
                new RoutingTrace(intent.id().hex(), null, "explicit_target", "did:x:bot", null, null, id, 0, List.of());
        scene.commands.handle(Dispatch.AGGREGATE, new DispatchCommand.Route(id, Subject.of(intent), trace), ALICE);
        Result result = new Result(true, null, new BigDecimal("0.4"), 1, 1);
        scene.commands.handle(Dispatch.AGGREGATE, new DispatchCommand.Complete(id, null, result, null), ALICE);
        scene.settle();
        assertThat(scene.state("t").open()).isEmpty();
        assertThat(scene.state("t").costUsd()).isEqualByComparingTo("0.4");
        assertThat(new Chain(scene.log).of(intent.draft())).isEqualTo(new Chain.Origin(1, "t"));
    }

    @Test
    void aScheduleFiresAtItsTimesAndOnceForWhatItMissed() {
        scene.trigger(
                "t",
                "\"source\":\"schedule\",\"schedule\":\"* * * * *\",\"max_concurrent\":64,"
                        + "\"input_mapping\":{\"pr\":\"due\"}");
        scene.pass(150);
        assertThat(scene.events("t", FiringEvent.Fired.class))
                .extracting(fired -> fired.due().toString())
                .containsExactly("2026-03-01T12:01:00Z", "2026-03-01T12:02:00Z");
        assertThat(scene.execution(scene.fired("t").getFirst()).plan().inputs())
                .containsEntry("pr", "2026-03-01T12:01:00Z");
        scene.clock.pass(Duration.ofHours(2));
        scene.restart();
        scene.ring();
        scene.ring();
        assertThat(scene.events("t", FiringEvent.Fired.class))
                .extracting(fired -> fired.due().toString())
                .hasSize(3)
                .endsWith("2026-03-01T14:02:00Z");
        assertThat(scene.queued()).hasSize(3);
    }

    @Test
    void aPausedScheduleMakesUpForNothing() {
        scene.trigger("t", "\"source\":\"schedule\",\"schedule\":\"* * * * *\",\"catch_up\":\"all\"");
        scene.commands.handle(TriggerFirings.AGGREGATE, new FiringCommand.Pause("t", "holidays"), ALICE);
        scene.pass(300);
        scene.commands.handle(TriggerFirings.AGGREGATE, new FiringCommand.Resume("t"), ALICE);
        scene.ring();
        assertThat(scene.events("t", FiringEvent.Fired.class)).isEmpty();
        scene.pass(60);
        assertThat(scene.fired("t")).hasSize(1);
    }

    @Test
    void twoServersFireATimeOnce() {
        scene.trigger("t", "\"source\":\"schedule\",\"schedule\":\"* * * * *\"");
        scene.clock.pass(Duration.ofSeconds(90));
        scene.ring();
        scene.restart();
        scene.ring();
        assertThat(scene.fired("t")).hasSize(1);
        assertThat(scene.log.thread(Execution.threadOf(scene.fired("t").getFirst()), 0, Log.READ_MAX))
                .hasSize(1);
        assertThat(scene.log.thread(new ThreadId("th_trigger.t"), 0, Log.READ_MAX))
                .hasSize(1);
    }
}
