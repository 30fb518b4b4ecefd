package io.fourfold.web;

import io.fourfold.engine.Projector;
import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Carries out commands: returns when the read models show what was done, or throws the refusal to {@link Failures}. */
@ApplicationScoped
public class Orders {

    @Inject
    Commands commands;

    @Inject
    Projector projector;

    <C, S, E> S carryOut(Aggregate<C, S, E> aggregate, C command, String actor) {
        return settled(commands.handle(aggregate, command, Caller.of(actor))).state();
    }

    /** Returns when the read models show what is up to a position. */
    void settle(long position) {
        projector.await(position);
    }

    <S> Outcome.Done<S> settled(Outcome<S> outcome) {
        return switch (outcome) {
            case Outcome.Refused<S> refused -> throw new Refused(refused.refusal());
            case Outcome.Done<S> done -> {
                done.entries().stream().mapToLong(Entry::position).max().ifPresent(this::settle);
                yield done;
            }
        };
    }
}
