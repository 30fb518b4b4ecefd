package io.fourfold.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Refusal;
import java.time.Instant;
import java.util.List;

/** What an aggregate answers in a state: {@code given(events).when(command).then(events)} or {@code .refused(code)}. */
public final class Given<C, S, E> {

    /** The time at which everything in a test happens. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Aggregate<C, S, E> aggregate;
    private final S state;

    private Given(Aggregate<C, S, E> aggregate, S state) {
        this.aggregate = aggregate;
        this.state = state;
    }

    public static <C, S, E> Given<C, S, E> given(Aggregate<C, S, E> aggregate, List<E> events) {
        S state = aggregate.initial();
        for (E event : events) {
            state = aggregate.evolve(state, event);
        }
        return new Given<>(aggregate, state);
    }

    public S state() {
        return state;
    }

    public Answer<E> when(C command) {
        return new Answer<>(aggregate.decide(command, state, NOW), aggregate.codec());
    }

    /** What was decided. */
    public record Answer<E>(Decision<E> decision, EventCodec<E> codec) {

        public void then(E event) {
            assertThat(decision).isEqualTo(Decision.accept(event));
        }

        public void thenNothing() {
            assertThat(decision).isEqualTo(Decision.accept(List.of()));
        }

        public void refused(Refusal.Code code) {
            assertThat(word()).isEqualTo(code.name());
        }

        /** In a word for tables: the past tense of the event's wire name, {@code -} for nothing, or the refusal's code. */
        public String word() {
            return switch (decision) {
                case Decision.Refused<E> refused -> refused.refusal().code().name();
                case Decision.Accepted<E> accepted when accepted.events().isEmpty() -> "-";
                case Decision.Accepted<E> accepted ->
                    accepted.events().stream()
                            .map(this::verb)
                            .reduce((a, b) -> a + "+" + b)
                            .orElseThrow();
            };
        }

        private String verb(E event) {
            return codec.write(event).text("kind").orElseThrow().split("\\.")[1];
        }
    }
}
