package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.ThreadId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoorbellTest {

    private static final ThreadId X = new ThreadId("th_x");
    private static final ThreadId Y = new ThreadId("th_y");
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Doorbell doorbell = new Doorbell();
    private final List<String> heard = new ArrayList<>();

    @Test
    void aRingBeforeTheWaitIsNotLost() throws InterruptedException {
        long seen = doorbell.rings();
        doorbell.ring(Set.of(X));

        assertThat(doorbell.await(seen, LONG)).isEqualTo(seen + 1);
    }

    @Test
    void aWaitEndsWithoutARing() throws InterruptedException {
        assertThat(doorbell.await(0, Duration.ofMillis(1))).isZero();
    }

    @Test
    void everyWaiterMeetsTheLastRing() throws Exception {
        int rings = 1_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> waiters = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiters.add(threads.submit(() -> {
                    long seen = 0;
                    while (seen < rings) {
                        seen = doorbell.await(seen, LONG);
                    }
                    return seen;
                }));
            }
            for (int i = 0; i < rings; i++) {
                doorbell.ring(Set.of(X));
            }
            for (Future<Long> waiter : waiters) {
                assertThat(waiter.get()).isEqualTo(rings);
            }
        }
    }

    @Test
    void aListenerHearsHowLongItsThreadIsByNow() {
        List<Long> lengths = new ArrayList<>();
        doorbell.listen(X, (LongConsumer) lengths::add);

        doorbell.ring(Map.of(X, 7L, Y, 2L));
        doorbell.ring(Map.of(X, Doorbell.NOT_GROWN));
        doorbell.ring(Set.of(X));
        doorbell.ringAll();

        assertThat(lengths).containsExactly(7L, Doorbell.NOT_GROWN, Doorbell.UNKNOWN, Doorbell.UNKNOWN);
    }

    @Test
    void aListenerHearsItsOwnThreadOnly() {
        doorbell.listen(X, () -> heard.add("x"));
        doorbell.listen(Y, () -> heard.add("y"));
        doorbell.listen(() -> heard.add("any"));

        doorbell.ring(Set.of(X));
        assertThat(heard).containsExactlyInAnyOrder("any", "x");

        doorbell.ringAll();
        assertThat(heard).containsExactlyInAnyOrder("any", "x", "any", "x", "y");
    }

    @Test
    void aClosedSubscriptionHearsNoMoreAndItsTwinStill() {
        Runnable action = () -> heard.add("x");
        Doorbell.Subscription first = doorbell.listen(X, action);
        Doorbell.Subscription second = doorbell.listen(X, action);
        first.close();
        first.close();

        doorbell.ring(Set.of(X));
        second.close();
        doorbell.ring(Set.of(X));

        assertThat(heard).containsExactly("x");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        doorbell.listen(() -> {
            throw new IllegalStateException("on purpose");
        });
        doorbell.listen(X, () -> heard.add("x"));

        doorbell.ring(Set.of(X));

        assertThat(heard).containsExactly("x");
    }
}
