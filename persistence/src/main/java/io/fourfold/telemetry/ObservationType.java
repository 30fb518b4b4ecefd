package io.fourfold.telemetry;

import java.util.Locale;

/** The kinds of observation; the wire name is the lower-case constant. */
public enum ObservationType {
    /** {@code tool_name, tool_use_id, input_preview, parent_tool_use_id?}. */
    TOOL_STARTED,
    /** {@code tool_name, tool_use_id, duration_ms, output_preview}. */
    TOOL_COMPLETED,
    /** As {@link #TOOL_COMPLETED}. */
    TOOL_FAILED,
    /** {@code tool_name, tool_use_id, reason}. */
    TOOL_BLOCKED,
    /** {@code message_id, model, input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, cost_usd?}. */
    TOKENS_USED,
    /** {@code text, stream}: output of a command. */
    STREAM_CHUNK,
    /** {@code role, text, message_id?}. */
    MESSAGE,
    /** {@code text}. */
    THINKING,
    /** {@code agent_name, tool_use_id}. */
    SUBAGENT_STARTED,
    /** {@code agent_name, tool_use_id, duration_ms, success}. */
    SUBAGENT_STOPPED,
    GIT_COMMIT,
    GIT_PUSH,
    GIT_OPERATION,
    /** {@code success, num_turns, duration_ms, four token totals, cost_usd, provider_cost_usd, models}. */
    SESSION_SUMMARY,
    /** {@code reason, text}. */
    ERROR,
    SECURITY_DECISION,
    CONTEXT_COMPACTED,
    PROMPT_SUBMITTED,
    OTLP;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ObservationType ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
