package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time on a page.
 *
 * @param iso   for machines
 * @param ago   seen from now: {@code 4 m ago}
 * @param clock the time of day, UTC
 * @param exact date and time, UTC
 */
public record Moment(String iso, String ago, String clock, String exact) {

    private static final DateTimeFormatter CLOCK = format("HH:mm:ss");
    private static final DateTimeFormatter EXACT = format("d MMM uuuu, HH:mm:ss 'UTC'");

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Null for null. */
    static Moment of(Instant at, Instant now) {
        return at == null ? null : new Moment(at.toString(), Display.ago(at, now), CLOCK.format(at), EXACT.format(at));
    }
}
