package io.fourfold.kit;

import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Expect;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out several commands, each on a thread of its own, with records beside them, in one commit: all or nothing.
 * Unlike {@link Commands} it does not notice a writer who is quicker: its caller lets none in.
 */
public final class Together {

    private static final Did NOBODY = new Did("did:fourfold:system:nobody");

    private final Commands commands;
    private final Function<Append, Receipt> inlet;

    public Together(Commands commands, Function<Append, Receipt> inlet) {
        this.commands = commands;
        this.inlet = inlet;
    }

    /** One of the commands. */
    public record Step<C, S, E>(Aggregate<C, S, E> aggregate, C command) {}

    /** What was appended, nothing where nothing changes, or the first refusal. */
    public Outcome<List<Entry>> carryOut(List<Step<?, ?, ?>> steps, List<Draft> beside, Did actor) {
        List<Draft> drafts = new ArrayList<>();
        for (Step<?, ?, ?> step : steps) {
            switch (drafts(step, actor)) {
                case Decision.Refused<Draft> refused -> {
                    return new Outcome.Refused<>(refused.refusal());
                }
                case Decision.Accepted<Draft> accepted -> drafts.addAll(accepted.events());
            }
        }
        drafts.addAll(beside);
        if (drafts.isEmpty()) {
            return new Outcome.Done<>(List.of(), List.of());
        }
        return switch (inlet.apply(new Append(drafts, Expect.ANYTHING))) {
            case Receipt.Refused refused -> new Outcome.Refused<>(refused.refusal());
            case Receipt.Stored stored -> new Outcome.Done<>(Commands.entries(stored), Commands.entries(stored));
        };
    }

    /** Why a command would be refused now. */
    public Optional<Refusal> refusal(Step<?, ?, ?> step) {
        return switch (drafts(step, NOBODY)) {
            case Decision.Refused<Draft> refused -> Optional.of(refused.refusal());
            case Decision.Accepted<Draft> accepted -> Optional.empty();
        };
    }

    private <C> Decision<Draft> drafts(Step<C, ?, ?> step, Did actor) {
        return commands.open(step.aggregate(), step.aggregate().thread(step.command()), actor)
                .drafts(step.command());
    }
}
