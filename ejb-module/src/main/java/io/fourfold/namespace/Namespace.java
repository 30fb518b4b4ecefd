package io.fourfold.namespace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One registered namespace, as the last record about it says. */
public record Namespace(String id, Status status, String description, String policy) {

    /** Only an active namespace, below active ones, takes records. */
    public enum Status {
        ACTIVE,
        ARCHIVED,
        DELETED
    }

    public static final int CHARS_MAX = 256;

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}(/[a-z0-9][a-z0-9_-]{0,63}){0,3}");

    /** Whether a text can name a namespace: 1 to 4 segments, at most {@value #CHARS_MAX} characters. */
    public static boolean isWellFormed(String id) {
        return id.length() <= CHARS_MAX && SHAPE.matcher(id).matches();
    }

    /** Itself and its ancestors, from the outermost: {@code acme}, {@code acme/shop}, {@code acme/shop/prod}. */
    public static List<String> chain(String id) {
        List<String> chain = new ArrayList<>();
        for (int slash = id.indexOf('/'); slash >= 0; slash = id.indexOf('/', slash + 1)) {
            chain.add(id.substring(0, slash));
        }
        chain.add(id);
        return chain;
    }
}
