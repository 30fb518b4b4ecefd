package io.fourfold.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** One line of an agent's output; all but number and raw are null where the line is not one of its JSON events. */
record ConversationLine(
        int lineNumber, String raw, JsonNode parsed, String eventType, String toolName, String contentPreview) {

    static final int PREVIEW_MAX_CHARS = 200;

    static ConversationLine of(int number, String raw) {
        try {
            JsonNode parsed = Answer.MAPPER.readTree(raw);
            if (parsed != null && parsed.isObject()) {
                String type = parsed.path("type").asText(null);
                return new ConversationLine(number, raw, parsed, type, tool(parsed), preview(parsed));
            }
        } catch (JsonProcessingException plainText) {
            // A command's output is.
        }
        return new ConversationLine(number, raw, null, null, null, null);
    }

    /** The first tool that the message calls. */
    private static String tool(JsonNode event) {
        for (JsonNode block : event.path("message").path("content")) {
            if (block.path("type").asText("").equals("tool_use")) {
                return block.path("name").asText(null);
            }
        }
        return null;
    }

    /** The start of the first text of the message, or of the result. */
    private static String preview(JsonNode event) {
        JsonNode content = event.path("message").path("content");
        if (content.isTextual()) {
            return cut(content.textValue());
        }
        for (JsonNode block : content) {
            for (String field : new String[] {"text", "thinking", "content"}) {
                if (block.path(field).isTextual()) {
                    return cut(block.get(field).textValue());
                }
            }
        }
        return event.path("result").isTextual() ? cut(event.get("result").textValue()) : null;
    }

    private static String cut(String text) {
        int points = text.codePointCount(0, text.length());
        return points <= PREVIEW_MAX_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, PREVIEW_MAX_CHARS - 1)) + "…";
    }
}
