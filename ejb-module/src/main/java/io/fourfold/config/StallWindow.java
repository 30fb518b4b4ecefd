package io.fourfold.config;

import java.time.Duration;

/** How long an open intent may be idle, in a namespace and all below it that say nothing else. */
public record StallWindow(Duration window) {

    public static final StallWindow DEFAULT = new StallWindow(Duration.ofHours(24));

    private static final long HOURS_MAX = 8_760;

    static StallWindow read(Fields fields) {
        return new StallWindow(
                Duration.ofHours(fields.whole("hours", DEFAULT.window().toHours(), 1, HOURS_MAX)));
    }
}
