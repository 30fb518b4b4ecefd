package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Outcome;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.session.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anything may happen between any two steps, and a server may go down before it has stored how far it came. */
class ReconcileSimulationTest {

    private static final int STEPS = 400;

    private final Scene scene = new Scene();
    private final List<Entry> intents = new ArrayList<>();
    private final List<Entry> hopeless = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyIntentIsStartedOnceAndAnsweredOnce(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random);
        }
        scene.cursor.crashes = false;
        scene.restart();
        scene.settle();
        intents.forEach(this::end);
        scene.settle();
        String message = "seed " + seed;
        assertThat(intents).as(message).isNotEmpty().allSatisfy(intent -> {
            assertThat(scene.answers(intent))
                    .as(message + ", answers to " + intent.id())
                    .hasSize(1);
            assertThat(queued(intent))
                    .as(message + ", starts of " + intent.id())
                    .isEqualTo(1);
            assertThat(scene.about(intent, "dispatch.started.v1").count())
                    .as(message + ", notices of the start of " + intent.id())
                    .isEqualTo(1);
        });
        assertThat(hopeless).as(message).allSatisfy(intent -> assertThat(scene.answers(intent))
                .as(message + ", answers to " + intent.id())
                .hasSize(1));
        assertThat(scene.reconcile().lag()).as(message).isZero();
    }

    private void step(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> intents.add(intend(random, "hello"));
            case 1 -> hopeless.add(intend(random, "nowhere"));
            case 2 -> scene.say(thread(random), Scene.ALICE, Act.KNOW, "{\"note\":true}");
            case 3 -> scene.restart();
            case 4 -> scene.cursor.crashes = random.nextBoolean();
            case 5 -> {
                if (!intents.isEmpty()) {
                    end(intents.get(random.nextInt(intents.size())));
                }
            }
            default -> turn(random);
        }
    }

    private static ThreadId thread(Random random) {
        return new ThreadId("th_work" + random.nextInt(3));
    }

    private Entry intend(Random random, String workflow) {
        return scene.say(
                thread(random), Scene.ALICE, Act.INTEND, "{\"to\":\"did:fourfold:workflow:" + workflow + "\"}");
    }

    private void turn(Random random) {
        scene.appendsUntilCrash = random.nextInt(6) - 1;
        try {
            scene.reconcile().turn(scene.clock.instant());
            scene.dispatch();
        } catch (IllegalStateException crashed) {
            scene.restart();
        } finally {
            scene.appendsUntilCrash = -1;
        }
    }

    /** Brings an execution to its end in one way or another; it may not have begun, or be over. */
    private void end(Entry intent) {
        String id = Scene.executionId(intent);
        tell(new ExecutionCommand.Start(id, "node"));
        tell(
                intent.position() % 2 == 0
                        ? new ExecutionCommand.Fail(id, "one", Reason.TASK, 1, "last words")
                        : new ExecutionCommand.Cancel(id, "no more", true));
    }

    private void tell(ExecutionCommand command) {
        Outcome<?> outcome = scene.commands.handle(Execution.AGGREGATE, command, ReconcileLoop.ACTOR);
        assertThat(outcome).isNotNull();
    }

    private long queued(Entry intent) {
        return scene.thread(Execution.threadOf(Scene.executionId(intent))).stream()
                .flatMap(e -> ExecutionEvent.CODEC.read(e).stream())
                .filter(ExecutionEvent.Queued.class::isInstance)
                .count();
    }
}
