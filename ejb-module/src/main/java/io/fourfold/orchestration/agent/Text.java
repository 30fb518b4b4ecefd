package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.JsonNode;

/** Text of agents made fit to be kept: no lone surrogates, no NUL, and no more of it than there is room for. */
public final class Text {

    /** An agent's last word stands in a record of 1 MiB, where a character takes up to six bytes. */
    public static final int REPLY_MAX_CHARS = 131_072;

    static final int MESSAGE_MAX_CHARS = 16_384;
    static final int PREVIEW_MAX_CHARS = 2_000;

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    public static String reply(String text) {
        return cut(text, REPLY_MAX_CHARS);
    }

    static String message(String text) {
        return cut(text, MESSAGE_MAX_CHARS);
    }

    /** A text as it stands, anything else as JSON; of a list of text blocks the texts. */
    static String preview(JsonNode node) {
        return cut(plain(node), PREVIEW_MAX_CHARS);
    }

    static String plain(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isArray() || !node.path(0).path("text").isTextual()) {
            return node.toString();
        }
        StringBuilder all = new StringBuilder();
        node.forEach(block ->
                all.append(all.isEmpty() ? "" : "\n").append(block.path("text").asText("")));
        return all.toString();
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? clean(text) : clean(text.substring(0, max - 1)) + "…";
    }

    static String clean(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, REPLACEMENT);
            }
        }
        return out == null ? text : out.toString();
    }
}
