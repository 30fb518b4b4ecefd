package io.fourfold.query;

import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code body.a.b.0}. */
public final class Paths {

    /** What PostgreSQL would take for the number of an element and we would not. */
    private static final Pattern ODD_NUMBER = Pattern.compile("\\s+[+-]?\\d+|[+-]\\d+|0\\d+");

    private Paths() {}

    /**
     * @param name begins with {@code body.}
     * @param path where it stands, for a refusal
     */
    public static Field.Body read(String name, String path) {
        List<String> segments =
                List.of(name.substring(Field.Body.ROOT.length() + 1).split("\\.", -1));
        if (segments.size() > Field.Body.SEGMENTS_MAX) {
            throw new InvalidQuery(
                    path, "expected at most " + Field.Body.SEGMENTS_MAX + " names, but there are " + segments.size());
        }
        for (String segment : segments) {
            if (segment.isEmpty()
                    || segment.length() > Field.Body.SEGMENT_CHARS_MAX
                    || ODD_NUMBER.matcher(segment).matches()) {
                throw new InvalidQuery(
                        path,
                        "expected names of 1 to " + Field.Body.SEGMENT_CHARS_MAX
                                + " characters, or numbers from 0, between the dots, but was "
                                + FilterReader.shown(name));
            }
        }
        return new Field.Body(segments);
    }
}
