package io.fourfold.door;

import io.fourfold.log.InvalidRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a JSON array into its items without judging them: by brackets and commas outside of strings. So each item is
 * read
 * as strictly as a single record, and a broken one spoils no other.
 */
public final class Items {

    private final byte[] body;
    private final int max;
    private final List<byte[]> items = new ArrayList<>();
    private int at;

    private Items(byte[] body, int max) {
        this.body = body;
        this.max = max;
    }

    /** At most one item more than {@code max}; throws {@link InvalidRecord} for what is no array. */
    public static List<byte[]> of(byte[] body, int max) {
        return new Items(body, max).cut();
    }

    private List<byte[]> cut() {
        skipSpace();
        if (at == body.length || body[at] != '[') {
            throw new InvalidRecord("body", "expected an array of records");
        }
        at++;
        skipSpace();
        boolean more = at == body.length || body[at] != ']';
        at += more ? 0 : 1;
        while (more && items.size() <= max) {
            int from = at;
            more = endItem();
            items.add(Arrays.copyOfRange(body, from, at));
            at++;
        }
        skipSpace();
        if (!more && at < body.length) {
            throw new InvalidRecord("body", "expected nothing after the array, but there is more at byte " + at);
        }
        return items;
    }

    /** Stands at what ends the item; false when that ends the array. */
    private boolean endItem() {
        int depth = 0;
        for (boolean quoted = false; at < body.length; at++) {
            byte b = body[at];
            if (quoted) {
                quoted = b != '"';
                at += b == '\\' ? 1 : 0;
            } else if (b == '"') {
                quoted = true;
            } else if (depth == 0 && (b == ',' || b == ']')) {
                return b == ',';
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        throw new InvalidRecord("body", "expected an array of records, but it does not end");
    }

    private void skipSpace() {
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
    }
}
