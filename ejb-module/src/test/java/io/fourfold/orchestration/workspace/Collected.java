package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A sink that keeps what comes. */
public final class Collected implements LineSink {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOK_MILLIS = 20;

    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();

    @Override
    public synchronized void line(Stream stream, String text) {
        (stream == Stream.OUT ? out : err).add(text);
    }

    public synchronized List<String> out() {
        return List.copyOf(out);
    }

    public synchronized List<String> err() {
        return List.copyOf(err);
    }

    public synchronized int count() {
        return out.size();
    }

    public void awaitLine(String text) {
        await(() -> out().contains(text), "a line `" + text + "`");
    }

    public static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited " + PATIENCE + " for " + what)
                    .isLessThan(end);
            rest(LOOK_MILLIS);
        }
    }

    public static void rest(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
