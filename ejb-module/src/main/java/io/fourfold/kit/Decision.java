package io.fourfold.kit;

import io.fourfold.log.Refusal;
import java.util.List;

/** What came of a command: events to append (none means: already so), or a refusal. */
public sealed interface Decision<E> {

    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused<E>(Refusal refusal) implements Decision<E> {}

    @SafeVarargs
    static <E> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    static <E> Decision<E> refuse(Refusal.Code code, String message) {
        return new Refused<>(Refusal.of(code, message));
    }
}
