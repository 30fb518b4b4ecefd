package io.fourfold.log;

import java.util.Map;

/** What the writer believes about the thread it appends to. */
public sealed interface Expect {

    Expect ANYTHING = new Anything();

    static Expect length(long entries) {
        return new Length(entries);
    }

    static Expect lengths(Map<ThreadId, Long> entries) {
        return new Lengths(entries);
    }

    /** No belief: append at the end, wherever that is. */
    record Anything() implements Expect {}

    /** The thread holds exactly this many entries, so that the next version equals it. */
    record Length(long entries) implements Expect {}

    /** The same of each of several threads; of one that is not named, nothing. */
    record Lengths(Map<ThreadId, Long> entries) implements Expect {
        public Lengths {
            entries = Map.copyOf(entries);
        }
    }
}
