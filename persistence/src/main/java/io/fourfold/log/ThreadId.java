package io.fourfold.log;

/** The name of a thread: {@code th_} and 1 to 128 of {@code A-Z a-z 0-9 _ . -}. */
public record ThreadId(String value) implements Comparable<ThreadId> {

    private static final String PREFIX = "th_";
    private static final int CHARS_MAX = 128;

    public ThreadId {
        if (value == null || !isWellFormed(value)) {
            throw new InvalidRecord(
                    "thread", "expected th_ and 1 to 128 of A-Z a-z 0-9 _ . -, but was " + Shown.of(value));
        }
    }

    /** By hand: the log is read on the hot path, where a pattern costs as much as the row. */
    private static boolean isWellFormed(String value) {
        for (int i = PREFIX.length(); i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return value.startsWith(PREFIX)
                && value.length() > PREFIX.length()
                && value.length() <= PREFIX.length() + CHARS_MAX;
    }

    /** The thread of one aggregate, for example {@code th_execution.exec-0123456789ab}. */
    public static ThreadId of(String aggregate, String id) {
        return new ThreadId("th_" + aggregate + "." + id);
    }

    @Override
    public int compareTo(ThreadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
