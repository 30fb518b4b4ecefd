package io.fourfold.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anything may happen between any two steps, and a server may go down before it has stored how far it came. */
class TriggerSimulationTest {

    private static final int STEPS = 400;
    private static final List<String> NAMES = List.of("greedy", "careful", "patient", "clock");

    private final TriggerScene scene = new TriggerScene();
    private final List<Entry> alerts = new ArrayList<>();

    private void define() {
        String free = ",\"max_concurrent\":64,\"max_attempts\":1000,\"cooldown\":0,\"daily_limit\":10000,"
                + "\"dispatch_rate\":10000,\"circuit_breaker\":1000,\"budget\":1000";
        scene.trigger("greedy", TriggerScene.ANY_ALERT + free);
        scene.trigger("careful", TriggerScene.ANY_ALERT + ",\"max_concurrent\":2,\"cooldown\":20");
        scene.trigger("patient", TriggerScene.ANY_ALERT + free + ",\"debounce\":5");
        scene.trigger("clock", "\"source\":\"schedule\",\"schedule\":\"* * * * *\",\"catch_up\":\"all\"" + free);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void anEventAndATriggerMakeAtMostOneExecution(long seed) {
        define();
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random);
        }
        scene.cursor.crashes = false;
        scene.restart();
        scene.settle();
        scene.pass(70);
        scene.settle();
        String message = "seed " + seed;
        for (String name : NAMES) {
            onceEach(name, message);
        }
        List<String> heard = alerts.stream().map(alert -> alert.id().hex()).toList();
        assertThat(met("greedy")).as(message).containsExactlyElementsOf(heard);
        assertThat(met("careful")).as(message).containsExactlyElementsOf(heard);
        assertThat(scene.events("clock", FiringEvent.Fired.class)).as(message).isNotEmpty();
        assertThat(scene.queued().map(queued -> queued.executionId()).collect(Collectors.toList()))
                .as(message + ", every execution is one that was fired")
                .containsExactlyInAnyOrderElementsOf(NAMES.stream()
                        .flatMap(name -> scene.fired(name).stream())
                        .toList());
    }

    /** In the order of the log, each once, whether it fired or not. */
    private List<String> met(String name) {
        return scene.events(name).stream()
                .map(event -> event instanceof FiringEvent.Fired fired
                        ? fired.event()
                        : event instanceof FiringEvent.Blocked blocked ? blocked.event() : null)
                .filter(event -> event != null)
                .toList();
    }

    private void onceEach(String name, String message) {
        List<FiringEvent.Fired> fired = scene.events(name, FiringEvent.Fired.class);
        Function<FiringEvent.Fired, Object> key = e -> e.event() == null ? e.due() : e.event();
        assertThat(fired.stream().map(key).toList()).as(message + ", " + name).doesNotHaveDuplicates();
        assertThat(fired).as(message + ", " + name).allSatisfy(e -> assertThat(
                        scene.execution(e.execution()).exists())
                .as(e.execution())
                .isTrue());
    }

    private void step(Random random) {
        switch (random.nextInt(9)) {
            case 0, 1 -> alerts.add(scene.alert("th_" + random.nextInt(4)));
            case 2 -> scene.say("th_" + random.nextInt(4), "{\"note\":true}");
            case 3 -> scene.restart();
            case 4 -> scene.cursor.crashes = random.nextBoolean();
            case 5 -> end(random);
            case 6 -> scene.clock.pass(Duration.ofSeconds(random.nextInt(40)));
            default -> turn(random);
        }
    }

    private void turn(Random random) {
        scene.appendsUntilCrash = random.nextInt(8) - 1;
        try {
            if (random.nextBoolean()) {
                scene.turn();
            }
            scene.ring();
        } catch (IllegalStateException crashed) {
            scene.restart();
        } finally {
            scene.appendsUntilCrash = -1;
        }
    }

    private void end(Random random) {
        List<String> all = scene.queued().map(queued -> queued.executionId()).toList();
        if (!all.isEmpty()) {
            String id = all.get(random.nextInt(all.size()));
            switch (random.nextInt(3)) {
                case 0 -> scene.fail(id);
                case 1 -> scene.cancel(id);
                default -> scene.complete(id, "0.01");
            }
        }
    }
}
