package io.fourfold.dashboard;

import java.util.function.IntFunction;

/**
 * Where one is in a list that is cut into pages.
 *
 * @param range    {@code 26–50 of 312}
 * @param size     rows on a page
 * @param previous the address of the page before, or null
 * @param next     the address of the page after, or null
 */
public record Sheets(String range, int size, String previous, String next) {

    /** @param number of the page, from 1 */
    static Sheets of(int number, int size, int shown, long total, IntFunction<String> link) {
        long first = (number - 1L) * size + 1;
        String range = shown == 0 ? "None" : Words.whole(first) + "–" + Words.whole(first + shown - 1);
        return new Sheets(
                range + " of " + Words.whole(total),
                size,
                number > 1 ? link.apply(number - 1) : null,
                (long) number * size < total ? link.apply(number + 1) : null);
    }

    /** Whether there is more than this page. */
    public boolean several() {
        return previous != null || next != null;
    }
}
