package io.fourfold.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurningTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NEXT = FIRST.plusSeconds(10);

    private final List<Instant> turned = new ArrayList<>();
    private Throwable trouble;
    private final Turning turning = Turning.everywhere("leases", this::turn);

    private void turn(Instant now) {
        turned.add(now);
        switch (trouble) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable impossible -> throw new IllegalStateException(impossible);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                NullPointerException.class,
                OutOfMemoryError.class,
                NoClassDefFoundError.class
            })
    void aTurnThatFailsReachesNoTimerAndTheNextIsTaken(Class<? extends Throwable> kind) throws Exception {
        trouble = kind.getConstructor(String.class).newInstance("the database is away");
        turning.turn(FIRST);
        assertThat(turning.failure()).isEqualTo("the database is away");
        assertThat(turning.lastTurn()).isNull();

        trouble = null;
        turning.turn(NEXT);
        assertThat(turned).containsExactly(FIRST, NEXT);
        assertThat(turning.failure()).isNull();
        assertThat(turning.lastTurn()).isEqualTo(NEXT);
    }

    @Test
    void aRingDuringATurnIsPassedOver() {
        Turning[] itself = new Turning[1];
        itself[0] = Turning.everywhere("leases", now -> {
            turned.add(now);
            Thread other = Thread.ofVirtual().start(() -> itself[0].turn(NEXT));
            try {
                other.join();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        itself[0].turn(FIRST);
        assertThat(turned).containsExactly(FIRST);
    }
}
