package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How a value that came is named in a message: short, and never more than it needs. */
final class Shown {

    static final int TEXT_MAX_CHARS = 60;
    private static final int NEAR_MAX_EDITS = 3;

    private Shown() {}

    static String value(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> text(value.textValue());
            case NULL, MISSING -> "nothing";
            case ARRAY -> value.isEmpty() ? "an empty list" : "a list of " + value.size();
            case OBJECT -> "a group of fields";
            case NUMBER, BOOLEAN -> value.asText();
            case BINARY, POJO -> "something else";
        };
    }

    static String text(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        int end = Math.min(TEXT_MAX_CHARS, line.length());
        return "\"" + line.substring(0, end) + (end < line.length() ? "…" : "") + "\"";
    }

    /** The known name a misspelt one most likely stands for. */
    static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String other) -> edits(name, other))
                        .thenComparing(other -> other))
                .filter(other -> edits(name, other) <= Math.min(NEAR_MAX_EDITS, other.length() / 2 + 1));
    }

    private static int edits(String one, String other) {
        if (Math.abs(one.length() - other.length()) > NEAR_MAX_EDITS) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[other.length()];
    }
}
