package io.fourfold.kit;

import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import java.util.List;
import java.util.Optional;

/** Carries out several commands, each on a thread of its own, with records beside them: all or nothing. */
public final class Together {

    private static final Did NOBODY = new Did("did:fourfold:system:nobody");

    private final Commands commands;

    public Together(Commands commands) {
        this.commands = commands;
    }

    /** One of the commands. */
    public record Step<C, S, E>(Aggregate<C, S, E> aggregate, C command) {}

    /** What was appended, nothing where nothing changes, or the first refusal. */
    public Outcome<List<Entry>> carryOut(List<Step<?, ?, ?>> steps, List<Draft> beside, Did actor) {
        return commands.together(steps.stream().map(step -> opened(step, actor)).toList(), beside);
    }

    /** Why a command would be refused now. */
    public Optional<Refusal> refusal(Step<?, ?, ?> step) {
        return commands.refusal(opened(step, NOBODY));
    }

    private <C, S, E> Opened.Step<C, S, E> opened(Step<C, S, E> step, Did actor) {
        return commands.open(step.aggregate(), step.aggregate().thread(step.command()), actor)
                .step(step.command());
    }
}
