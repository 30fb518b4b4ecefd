package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.view.Views;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a list is narrowed by, as query parameters say it; null for a parameter that says nothing. */
final class Filters {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Filters() {}

    /** A limit within what one answer holds. */
    static int limit(int given) {
        return Math.max(1, Math.min(given, Views.PAGE_MAX));
    }

    /** Names with commas between them, in lower case. */
    static List<String> names(String given) {
        return given == null || given.isBlank()
                ? null
                : Arrays.stream(given.split(","))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
    }

    static LocalDate date(String parameter, String given) {
        try {
            return LocalDate.parse(given);
        } catch (DateTimeParseException wrong) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT, parameter + ": expected a day as 2026-01-31, but was " + given);
        }
    }

    static Instant time(String parameter, String given) {
        try {
            Instant time = given == null || given.isBlank() ? null : Instant.parse(given);
            if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
                throw new DateTimeParseException("Out of range", given, 0);
            }
            return time;
        } catch (DateTimeParseException wrong) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    parameter + ": expected a time as 2026-01-31T12:00:00Z, but was " + given);
        }
    }
}
