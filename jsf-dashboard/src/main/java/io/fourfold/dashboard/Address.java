package io.fourfold.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The address of a page with what it is asked for; what is empty is left out. */
final class Address {

    private final StringJoiner query;

    private Address(String page) {
        this.query = new StringJoiner("&", page + "?", "").setEmptyValue(page);
    }

    static Address of(String page) {
        return new Address(page);
    }

    Address with(String name, String value) {
        if (value != null && !value.isEmpty()) {
            query.add(name + "=" + encoded(value));
        }
        return this;
    }

    Address with(String name, long value, long unless) {
        return value == unless ? this : with(name, Long.toString(value));
    }

    /** As a part of a path, or of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return query.toString();
    }
}
