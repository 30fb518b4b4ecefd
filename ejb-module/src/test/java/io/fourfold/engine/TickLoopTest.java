package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.view.ThreadRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickLoopTest {

    private static final Duration WINDOW = Duration.ofHours(24);

    private final Scene scene = new Scene();
    private final TickLoop loop = new TickLoop(
            this::stalled,
            append -> scene.log.append(List.of(append)).getFirst(),
            new StallWindows(scene::config, WINDOW));

    private List<ThreadRow> stalled(Instant before, int limit) {
        List<Entry> all = scene.log.after(0, Log.READ_MAX);
        return Folded.of(new ThreadState(), all).values().stream()
                .filter(row -> row.status.equals("open") && row.lastAt.isBefore(before))
                .limit(limit)
                .toList();
    }

    private List<Entry> alerts() {
        return scene.log.after(0, Log.READ_MAX).stream()
                .filter(e -> e.kind().equals("alert.stall.v1"))
                .toList();
    }

    private int turn() {
        return loop.turn(scene.clock.instant());
    }

    @Test
    void anIntentThatIsIdleTooLongRaisesOneAlert() {
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"x\"}");
        scene.clock.pass(WINDOW.plusSeconds(1));
        assertThat(turn()).isEqualTo(1);
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.body().text("intent")).contains(intent.id().hex());
            assertThat(alert.body().text("thread")).contains(intent.thread().value());
            assertThat(alert.body().text("opener")).contains(Scene.ALICE.value());
            assertThat(alert.draft().parents()).containsExactly(intent.id());
            assertThat(alert.draft().clock()).isZero();
        });
    }

    @Test
    void aNamespaceMayHaveAWindowOfItsOwn() {
        scene.say(
                Scene.CONFIG,
                Scene.ALICE,
                Act.LEARN,
                "{\"topic\":\"stall_window\",\"namespace\":\"acme\",\"hours\":1}");
        scene.settle();
        scene.say(new ThreadId("th_acme"), Scene.ALICE, Act.INTEND, "{\"goal\":\"x\",\"namespace\":\"acme/shop\"}");
        scene.say(Act.INTEND, "{\"goal\":\"x\"}");
        scene.clock.pass(Duration.ofHours(2));
        assertThat(turn()).isEqualTo(1);
        assertThat(alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.body().text("thread")).contains("th_acme"));
        scene.clock.pass(WINDOW);
        assertThat(turn()).isEqualTo(1);
    }

    @Test
    void aSecondTurnAddsNothing() {
        scene.say(Act.INTEND, "{\"goal\":\"x\"}");
        scene.clock.pass(WINDOW.plusSeconds(1));
        turn();
        scene.clock.pass(WINDOW);
        assertThat(turn()).isZero();
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void anIntentWithinTheWindowRaisesNone() {
        scene.say(Act.INTEND, "{\"goal\":\"x\"}");
        scene.clock.pass(WINDOW);
        assertThat(turn()).isZero();
    }

    @Test
    void anIntentThatWasAnsweredRaisesNone() {
        EntryId intent = scene.say(Act.INTEND, "{\"goal\":\"x\"}").id();
        scene.say(Act.KNOW, "{\"fulfills\":\"" + intent.hex() + "\"}");
        scene.clock.pass(WINDOW.plusSeconds(1));
        assertThat(turn()).isZero();
    }

    @Test
    void everyStalledThreadHasItsOwnAlert() {
        scene.say(new ThreadId("th_a"), Scene.ALICE, Act.INTEND, "{}");
        scene.say(new ThreadId("th_b"), Scene.ALICE, Act.INTEND, "{}");
        scene.clock.pass(WINDOW.plusSeconds(1));
        assertThat(turn()).isEqualTo(2);
        assertThat(alerts()).extracting(Entry::thread).doesNotHaveDuplicates();
    }
}
