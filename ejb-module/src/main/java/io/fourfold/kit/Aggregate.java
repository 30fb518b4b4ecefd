package io.fourfold.kit;

import io.fourfold.log.ThreadId;
import java.time.Instant;

/**
 * One noun whose life is a thread. Deciding may refuse and changes nothing; evolving changes and never refuses, so that
 * replay needs evolve alone.
 *
 * @param <C> its commands @param <S> its state @param <E> its events
 */
public interface Aggregate<C, S, E> {

    ThreadId thread(C command);

    S initial();

    Decision<E> decide(C command, S state, Instant now);

    S evolve(S state, E event);

    /** Whether its threads are long or often read, so that a fold is kept and read on from instead of begun anew. */
    default boolean isLong() {
        return false;
    }

    /** How its events are written to and read from records. */
    EventCodec<E> codec();
}
