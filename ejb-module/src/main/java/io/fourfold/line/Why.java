package io.fourfold.line;

import java.util.List;
import java.util.Locale;

/**
 * Why an execution waits.
 *
 * @param executions those it waits for, when it is for some
 */
public record Why(Code code, String words, List<String> executions) {

    /** The reasons, as programs read them. */
    public enum Code {
        FROZEN,
        HELD,
        BACKOFF,
        NO_EXECUTOR,
        CONCURRENCY,
        LIMIT,
        /** Nothing is in its way. */
        NEXT;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Why {
        executions = List.copyOf(executions);
    }

    /** Whether it waits because people said so. */
    public boolean isHeldUp() {
        return code == Code.FROZEN || code == Code.HELD;
    }

    static Why of(Code code, String words) {
        return new Why(code, words, List.of());
    }
}
