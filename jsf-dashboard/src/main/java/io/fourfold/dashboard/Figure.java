package io.fourfold.dashboard;

/**
 * A number that a person came for.
 *
 * @param id    stable, unique on its page
 * @param value with its unit
 * @param limit what it is of, or what it counts
 * @param since ISO time from which the value keeps counting, or null when it stands still
 */
public record Figure(String id, String value, String limit, String since) {

    static Figure of(String id, String value, String limit) {
        return new Figure(id, value, limit, null);
    }
}
