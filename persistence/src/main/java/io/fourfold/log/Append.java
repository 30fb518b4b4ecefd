package io.fourfold.log;

import java.util.List;

/** Records that are stored together or not at all; all of one thread when {@code expect} is a length. */
public record Append(List<Draft> drafts, Expect expect) {

    /** Records in one append. */
    public static final int DRAFTS_MAX = 1_000;

    public Append {
        drafts = List.copyOf(drafts);
        if (drafts.isEmpty() || drafts.size() > DRAFTS_MAX) {
            throw new IllegalArgumentException("Expected 1 to " + DRAFTS_MAX + " drafts, but got " + drafts.size());
        }
    }

    public static Append of(Draft draft) {
        return new Append(List.of(draft), Expect.ANYTHING);
    }
}
