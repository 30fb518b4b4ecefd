package io.fourfold.log;

import java.util.Map;

/**
 * Why something was not done: a value, not an exception. The message reads "Expected …, but …"; details carry what a
 * program needs to act on it.
 */
public record Refusal(Code code, String message, Map<String, Object> details) {

    /** The reasons a caller may meet, at every door the same. */
    public enum Code {
        INVALID_RECORD,
        INVALID_INPUT,
        INVALID_WORKFLOW,
        MISSING_FILES,
        CLOCK_CONFLICT,
        VERSION_CONFLICT,
        NAMESPACE_INVALID,
        NAMESPACE_REJECTED,
        SCOPE_DENIED,
        ACTOR_DENIED,
        PERMISSION_DENIED,
        LOCKED_OUT,
        FROZEN,
        WRONG_STATE,
        ALREADY_EXISTS,
        NOT_FOUND,
        AMBIGUOUS_ID,
        TOO_LARGE,
        QUERY_TIMEOUT,
        OVERLOADED,
        UNAVAILABLE,
        STORAGE_FULL
    }

    public Refusal {
        details = Map.copyOf(details);
    }

    public static Refusal of(Code code, String message) {
        return new Refusal(code, message, Map.of());
    }

    /** Another writer was quicker: what was decided is to be decided again, on what is there by now. */
    public boolean isOvertaken() {
        return code == Code.VERSION_CONFLICT || code == Code.CLOCK_CONFLICT;
    }
}
