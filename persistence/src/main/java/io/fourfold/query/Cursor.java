package io.fourfold.query;

import io.fourfold.query.Query.Order;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a reader of answers is, as text without meaning for anybody else. */
public final class Cursor {

    private static final Pattern SHAPE = Pattern.compile("(ASC|DESC):(\\d{1,18})");

    private Cursor() {}

    public static String of(Order order, long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((order + ":" + position).getBytes(StandardCharsets.US_ASCII));
    }

    /** The position, or a refusal when it was not made by {@link #of} for this order. */
    public static long read(String cursor, Order order) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            Matcher matcher = SHAPE.matcher(new String(bytes, StandardCharsets.US_ASCII));
            if (matcher.matches() && matcher.group(1).equals(order.name())) {
                return Long.parseLong(matcher.group(2));
            }
        } catch (IllegalArgumentException noBase64) {
            throw wrong(order);
        }
        throw wrong(order);
    }

    private static InvalidQuery wrong(Order order) {
        return new InvalidQuery(
                "cursor",
                "expected the next of an answer in order " + order.name().toLowerCase(Locale.ROOT));
    }
}
