package io.fourfold.orchestration.workflow;

import io.fourfold.log.Refusal;
import java.util.Map;
import java.util.Optional;

/**
 * How many executions of one key there may be at once.
 *
 * @param key   a template of the workflow's inputs
 * @param limit from 1
 */
public record Concurrency(String key, int limit, Behavior behavior) {

    /** Characters of a key once it is filled in. */
    public static final int KEY_CHARS_MAX = 500;

    static final int LIMIT = 1;

    /** What becomes of a newcomer whose key is held. */
    public enum Behavior {
        /** It waits, first in, first out. */
        QUEUE,
        /** It is recorded and cancelled. */
        CANCEL,
        /** It is recorded and has failed. */
        FAIL,
        /** Those that hold the key are cancelled, and it waits until they have let go. */
        REPLACE
    }

    /** Why a key that is filled in can be none. */
    public static Optional<Refusal> wrong(String filled) {
        return filled.isBlank() || filled.length() > KEY_CHARS_MAX || filled.indexOf('\0') >= 0
                ? Optional.of(Refusal.of(
                        Refusal.Code.INVALID_INPUT,
                        "concurrency.key: expected 1 to " + KEY_CHARS_MAX + " characters once it is filled in, but was "
                                + Shown.text(filled)))
                : Optional.empty();
    }

    /** The key of one run. */
    public String filled(Map<String, String> inputs) {
        return Placeholders.fill(key, name -> inputs.getOrDefault(name, ""));
    }
}
