package io.fourfold.engine;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.StallWindow;
import io.fourfold.config.Topic;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** As the configuration says, and where it says nothing one for all. */
public record StallWindows(Supplier<EngineConfig> config, Duration otherwise) implements TickLoop.Windows {

    @Override
    public Duration of(String namespace) {
        return config.get().stallWindow(namespace).map(StallWindow::window).orElse(otherwise);
    }

    @Override
    public Duration shortest() {
        Stream<Duration> declared = config.get().of(Topic.STALL_WINDOW).stream()
                .map(window -> window.value().window());
        return Stream.concat(declared, Stream.of(otherwise))
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
