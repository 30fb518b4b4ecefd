package io.fourfold.kit;

import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import java.util.List;

/** What a command led to: the state after it with what was appended, or the refusal. */
public sealed interface Outcome<S> {

    record Done<S>(S state, List<Entry> entries) implements Outcome<S> {}

    record Refused<S>(Refusal refusal) implements Outcome<S> {}
}
