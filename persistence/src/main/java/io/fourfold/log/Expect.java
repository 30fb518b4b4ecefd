package io.fourfold.log;

/** What the writer believes about the thread it appends to. */
public sealed interface Expect {

    Expect ANYTHING = new Anything();

    static Expect length(long entries) {
        return new Length(entries);
    }

    /** No belief: append at the end, wherever that is. */
    record Anything() implements Expect {}

    /** The thread holds exactly this many entries, so that the next version equals it. */
    record Length(long entries) implements Expect {}
}
