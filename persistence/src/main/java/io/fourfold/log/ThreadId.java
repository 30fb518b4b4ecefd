package io.fourfold.log;

import java.util.regex.Pattern;

/** The name of a thread: {@code th_} and 1 to 128 of {@code A-Z a-z 0-9 _ . -}. */
public record ThreadId(String value) implements Comparable<ThreadId> {

    private static final Pattern SHAPE = Pattern.compile("th_[A-Za-z0-9_.-]{1,128}");

    public ThreadId {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new InvalidRecord(
                    "thread", "expected th_ and 1 to 128 of A-Z a-z 0-9 _ . -, but was " + Shown.of(value));
        }
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
