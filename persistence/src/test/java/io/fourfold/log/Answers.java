package io.fourfold.log;

import static org.assertj.core.api.Assertions.assertThat;

/** Drafts to put to a log, and what its receipts say. */
final class Answers {

    private Answers() {}

    static Draft draft(ThreadId thread, Did actor, long clock) {
        return draft(thread, actor, clock, "{\"n\":" + clock + "}");
    }

    static Draft draft(ThreadId thread, Did actor, long clock, String body) {
        return Draft.of(thread, actor, Act.KNOW, Json.parse(body)).withClock(clock);
    }

    static Draft unclocked(ThreadId thread, Did actor, int n) {
        return Draft.of(thread, actor, Act.KNOW, Json.parse("{\"u\":" + n + "}"));
    }

    static Receipt.Stored stored(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Stored.class);
        return (Receipt.Stored) receipt;
    }

    static Entry entry(Receipt receipt) {
        return stored(receipt).entry();
    }

    static long clockOf(Receipt receipt) {
        return entry(receipt).draft().clock();
    }

    static Refusal refused(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Refused.class);
        return ((Receipt.Refused) receipt).refusal();
    }
}
