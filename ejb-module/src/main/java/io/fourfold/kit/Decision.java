package io.fourfold.kit;

import io.fourfold.log.Refusal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of a command: events to append (none means: already so), or a refusal. */
public sealed interface Decision<E> {

    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused<E>(Refusal refusal) implements Decision<E> {}

    static <E> Decision<E> accept(List<E> events) {
        return new Accepted<>(events);
    }

    static <E> Decision<E> accept(E event) {
        return new Accepted<>(List.of(event));
    }

    static <E> Decision<E> refuse(Refusal.Code code, String message) {
        return new Refused<>(Refusal.of(code, message));
    }

    /** {@code Expected RUNNING or PAUSED, but exec-7 is FAILED}. */
    static <E> Decision<E> wrongState(String id, Enum<?> state, Enum<?>... expected) {
        String names = Stream.of(expected).map(Enum::name).collect(Collectors.joining(" or "));
        return refuse(Refusal.Code.WRONG_STATE, "Expected " + names + ", but " + id + " is " + state);
    }
}
