package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.session.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcileLoopTest {

    private static final String TO_HELLO = "{\"to\":\"did:fourfold:workflow:hello\",\"task\":\"say hello\"}";

    private final Scene scene = new Scene();

    private void rule(String name, String expression, String more) {
        scene.say(EngineConfig.THREAD, Scene.ALICE, Act.LEARN, """
                {"topic":"routing_rule","name":"%s","expression":"%s","target":"did:fourfold:workflow:hello"%s}
                """.formatted(name, expression, more));
    }

    private void tell(ExecutionCommand command) {
        assertThat(scene.commands.handle(Execution.AGGREGATE, command, ReconcileLoop.ACTOR))
                .isInstanceOf(Outcome.Done.class);
    }

    private String startAndFail(Entry intent) {
        scene.settle();
        String id = Scene.executionId(intent);
        tell(new ExecutionCommand.Start(id, "node"));
        tell(new ExecutionCommand.Fail(id, "one", Reason.TASK, 3, "last words"));
        return id;
    }

    @Test
    void anIntentWithATargetStartsTheWorkflow() {
        Entry intent = scene.say(Act.INTEND, TO_HELLO);
        scene.settle();
        assertThat(scene.executionOf(intent).plan().task()).isEqualTo("say hello");
        assertThat(scene.executionOf(intent).plan().cause())
                .isEqualTo(intent.id().hex());
        assertThat(scene.about(intent, "dispatch.started.v1")).singleElement().satisfies(said -> {
            assertThat(said.body().text("execution_id")).contains(Scene.executionId(intent));
            assertThat(said.body().text("decided_by")).contains("explicit_target");
        });
    }

    @Test
    void aRuleMayAskForTheTimeTheActorAndTheThread() {
        rule(
                "late",
                "now() >= timestamp('2026-03-01T12:00:00Z') && current_actor() == record.actor"
                        + " && thread().count == 1 && task().status == 'inbox'",
                "");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"say hello\",\"task\":true}");
        scene.settle();
        assertThat(scene.executionOf(intent).exists()).isTrue();
    }

    @Test
    void aRuleStartsItsTarget() {
        rule("greetings", "record.body.goal.contains('hello')", "");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"say hello\"}");
        Entry other = scene.say(Act.INTEND, "{\"goal\":\"be silent\"}");
        scene.settle();
        assertThat(scene.executionOf(intent).exists()).isTrue();
        assertThat(scene.executionOf(other).exists()).isFalse();
        assertThat(scene.about(intent, "dispatch.started.v1"))
                .singleElement()
                .satisfies(said -> assertThat(said.body().text("rule")).contains("default/greetings"));
    }

    @Test
    void theFirstRecordAfterARuleObeysItThoughBothCameAfterTheLastTurn() {
        scene.settle();
        Entry before = scene.say(Act.INTEND, "{\"goal\":\"say hello\"}");
        scene.settle();
        rule("greetings", "record.body.goal.contains('hello')", "");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"say hello\"}");
        scene.settle();
        assertThat(scene.executionOf(before).exists()).isFalse();
        assertThat(scene.executionOf(intent).exists()).isTrue();
    }

    /** Between the loop's look at its configuration and its look at the log, a rule and an intent may land. */
    @Test
    void aRuleThatLandsWhileTheLogIsReadIsInForceForWhatFollowsIt() {
        Entry[] intent = new Entry[1];
        scene.watched.beforeRead(() -> {
            rule("greetings", "true", "");
            intent[0] = scene.say(Act.INTEND, "{\"goal\":\"hello\"}");
        });
        scene.settle();
        assertThat(scene.executionOf(intent[0]).exists()).isTrue();
    }

    @Test
    void aRuleThatIsBrokenLeavesTheOneBeforeAndIsListed() {
        rule("greetings", "record.body.goal == 'hello'", "");
        rule("greetings", "record.body.goal ==", "");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"hello\"}");
        scene.settle();
        assertThat(scene.executionOf(intent).exists()).isTrue();
        assertThat(scene.config().refused())
                .singleElement()
                .extracting(refused -> refused.identity().path())
                .isEqualTo("default/greetings");
    }

    @Test
    void aRuleThatCannotBeEvaluatedOnARecordStopsNothing() {
        rule("odd", "record.body.nothing.there == 1", ",\"priority\":9");
        rule("odder", "record.body.goal", ",\"priority\":8");
        rule("greetings", "record.body.goal == 'hello'", "");
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"hello\"}");
        scene.settle();
        assertThat(scene.executionOf(intent).exists()).isTrue();
    }

    @Test
    void anIntentIsAnsweredWhenItsExecutionIsOver() {
        Entry intent = scene.say(Act.INTEND, TO_HELLO);
        String id = startAndFail(intent);
        scene.settle();
        assertThat(scene.answers(intent)).singleElement().satisfies(answer -> {
            assertThat(answer.body().text("fulfills")).contains(intent.id().hex());
            assertThat(answer.body().tree().get("success").booleanValue()).isFalse();
            assertThat(answer.body().text("failure_reason")).contains("last words");
            assertThat(answer.body().text("execution_id")).contains(id);
            assertThat(answer.draft().actor().isSystem()).isTrue();
        });
    }

    @Test
    void anIntentIsAnsweredOnceAlsoWhenEverythingIsReadAgain() {
        Entry intent = scene.say(Act.INTEND, TO_HELLO);
        startAndFail(intent);
        scene.settle();
        scene.cursor.position = 0;
        scene.restart();
        scene.settle();
        assertThat(scene.answers(intent)).hasSize(1);
        assertThat(scene.about(intent, "dispatch.started.v1")).hasSize(1);
    }

    @Test
    void aStartThatIsRefusedIsAnsweredOnce() {
        Entry intent = scene.say(Act.INTEND, "{\"to\":\"did:fourfold:workflow:nowhere\"}");
        scene.settle();
        scene.cursor.position = 0;
        scene.restart();
        scene.settle();
        assertThat(scene.answers(intent)).singleElement().satisfies(answer -> {
            assertThat(answer.body().tree().get("success").booleanValue()).isFalse();
            assertThat(answer.body().text("failure_reason").orElseThrow()).contains("nowhere does not exist");
        });
    }

    @Test
    void anAnswerBehindAThousandRecordsIsFound() {
        scene.say(Act.INTEND, "{\"to\":\"did:fourfold:workflow:nowhere\"}");
        for (int i = 0; i < 1_000; i++) {
            scene.say(Act.KNOW, "{\"n\":" + i + "}");
        }
        scene.settle();
        scene.cursor.position = 0;
        scene.restart();
        scene.settle();
        assertThat(scene.log.after(1_000, 1_000))
                .filteredOn(e -> e.kind().equals("dispatch.completed.v1"))
                .hasSize(1);
    }

    @Test
    void aTargetThatCanBeNoWorkflowIsRefusedAndStopsNothing() {
        Entry odd = scene.say(Act.INTEND, "{\"to\":\"did:fourfold:workflow:a:b%c\"}");
        Entry intent = scene.say(Act.INTEND, TO_HELLO);
        scene.settle();
        assertThat(scene.answers(odd)).hasSize(1);
        assertThat(scene.executionOf(intent).exists()).isTrue();
    }

    @Test
    void anExecutionsEventOnAForeignThreadIsNoEventAndStopsNothing() {
        scene.say(Act.KNOW, "{\"kind\":\"execution.completed.v1\",\"execution_id\":\"exec-x\"}");
        scene.say(Act.KNOW, "{\"kind\":\"execution.failed.v1\",\"at\":\"never\"}");
        Entry intent = scene.say(Act.INTEND, TO_HELLO);
        scene.settle();
        assertThat(scene.executionOf(intent).exists()).isTrue();
    }

    @Test
    void aTurnTakesABoundedNumberOfRecords() {
        for (int i = 0; i < ReconcileLoop.TURN_MAX + 5; i++) {
            scene.say(new ThreadId("th_other"), Scene.ALICE, Act.KNOW, "{}");
        }
        assertThat(scene.reconcile().turn(scene.clock.instant())).isEqualTo(ReconcileLoop.TURN_MAX);
        scene.settle();
        assertThat(scene.reconcile().lag()).isZero();
    }

    /** A trigger may start something because of an intent that somebody else is busy with. */
    @Test
    void anExecutionAnswersOnlyTheDispatchThatStartedIt() {
        Entry intent = scene.say(Act.INTEND, "{\"to\":\"did:fourfold:user:bob\"}");
        scene.settle();
        String other = "exec-000000000000";
        Starter.Request request = new Starter.Request(
                "hello", Map.of(), null, List.of(), null, intent.id().hex(), "default");
        assertThat(new Starter(scene.commands).start(other, request, Scene.ALICE))
                .isInstanceOf(Outcome.Done.class);
        tell(new ExecutionCommand.Start(other, "node"));
        tell(new ExecutionCommand.Fail(other, "one", Reason.TASK, 3, "last words"));
        scene.settle();
        assertThat(scene.answers(intent)).isEmpty();
    }
}
