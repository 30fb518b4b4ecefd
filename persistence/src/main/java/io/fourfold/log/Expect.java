package io.fourfold.log;

import java.util.Map;

/** What the writer believes about the threads it appends to. */
public sealed interface Expect {

    Expect ANYTHING = new Anything();

    static Expect length(long entries) {
        return new Length(entries);
    }

    static Expect lengths(Map<ThreadId, Long> entries) {
        return new Lengths(entries);
    }

    /** How many entries the writer believes a thread to hold, or null for no belief. */
    Long of(ThreadId thread);

    /** No belief: append at the end, wherever that is. */
    record Anything() implements Expect {
        @Override
        public Long of(ThreadId thread) {
            return null;
        }
    }

    /** The thread holds exactly this many entries, so that the next version equals it. */
    record Length(long entries) implements Expect {
        @Override
        public Long of(ThreadId thread) {
            return entries;
        }
    }

    /** Each of these threads holds exactly so many entries; of others there is no belief. */
    record Lengths(Map<ThreadId, Long> entries) implements Expect {
        public Lengths {
            entries = Map.copyOf(entries);
        }

        @Override
        public Long of(ThreadId thread) {
            return entries.get(thread);
        }
    }
}
