package io.fourfold.query;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A moment of the log, as a position of it. */
public final class Moments {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Moments() {}

    /**
     * Position or time, as a caller writes it.
     *
     * @return the position of the last record that had been taken by then, 0 when there was none
     */
    public static long position(Log log, String asOf) {
        if (asOf.matches("\\d{1,18}")) {
            return Math.min(Long.parseLong(asOf), log.head());
        }
        try {
            return position(log, instant(asOf));
        } catch (DateTimeException noTime) {
            throw new InvalidQuery(
                    "as_of",
                    "expected a position, or a time such as 2026-11-20T05:57:18Z, but was " + FilterReader.shown(asOf));
        }
    }

    /** Times never fall with positions, so that halving finds the place in few reads. */
    public static long position(Log log, Instant moment) {
        long low = 0;
        long high = log.head();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            List<Entry> entries = log.after(middle - 1, 1);
            if (!entries.isEmpty() && !entries.get(0).recordedAt().isAfter(moment)) {
                low = entries.get(0).position();
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * A time as a caller writes it.
     *
     * @throws InvalidQuery naming the field when it is none
     */
    public static Instant instant(String field, String text) {
        try {
            return instant(text);
        } catch (DateTimeException noTime) {
            throw new InvalidQuery(
                    field, "expected a time such as 2026-11-20T05:57:18Z, but was " + FilterReader.shown(text));
        }
    }

    /** With an offset from UTC; the log's microseconds are as fine as it gets. */
    static Instant instant(String text) {
        Instant instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException("Expected a year from 1 to 9999");
        }
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
            throw new DateTimeException("Expected at most six digits of a second");
        }
        return instant;
    }
}
