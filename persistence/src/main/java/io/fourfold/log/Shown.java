package io.fourfold.log;

/** What came, as an error message shows it: never more than a line of it. */
final class Shown {

    private static final int CHARS_MAX = 60;

    private Shown() {}

    static String of(String value) {
        return value == null || value.length() <= CHARS_MAX ? value : value.substring(0, CHARS_MAX) + "…";
    }
}
