package io.fourfold.log;

import java.util.List;

/** The log's answer to one {@link Append}. */
public sealed interface Receipt {

    /** On disk, in the order given. */
    record Stored(List<Item> items) implements Receipt {
        public Stored {
            items = List.copyOf(items);
        }

        public Entry entry() {
            return items.get(0).entry();
        }
    }

    /**
     * Nothing of the append was stored; with UNAVAILABLE that is not known, and a repeat with the same clock is safe.
     */
    record Refused(Refusal refusal) implements Receipt {}

    /** One entry; {@code duplicate} when it had been stored before and was only found again. */
    record Item(Entry entry, boolean duplicate) {}
}
