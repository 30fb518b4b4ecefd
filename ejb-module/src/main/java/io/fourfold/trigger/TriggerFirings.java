package io.fourfold.trigger;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;

import io.fourfold.config.Identity;
import io.fourfold.config.TriggerLimits;
import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.kit.Minted;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a trigger has fired, and what it let be: one event leads to at most one execution of it. */
public final class TriggerFirings implements Aggregate<FiringCommand, FiringState, FiringEvent> {

    public static final TriggerFirings AGGREGATE = new TriggerFirings();

    public static final String COMPLETED = "completed";
    public static final String FAILED = "failed";

    private static final int MARK_FROM = "th_".length();
    private static final int NAMESPACE_HEX = 12;

    private TriggerFirings() {}

    /** Its name; outside the default namespace with a mark of that behind it. */
    public static String idOf(Identity identity) {
        if (identity.namespace().equals(Entry.DEFAULT_NAMESPACE)) {
            return identity.name();
        }
        String mark = Minted.thread("namespace", List.of(identity.namespace())).value();
        return identity.name() + "." + mark.substring(MARK_FROM, MARK_FROM + NAMESPACE_HEX);
    }

    public static ThreadId threadOf(String trigger) {
        return ThreadId.of("trigger", trigger);
    }

    @Override
    public ThreadId thread(FiringCommand command) {
        return threadOf(command.trigger());
    }

    @Override
    public FiringState initial() {
        return FiringState.NONE;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public EventCodec<FiringEvent> codec() {
        return FiringEvent.CODEC;
    }

    @Override
    public Decision<FiringEvent> decide(FiringCommand command, FiringState state, Instant now) {
        return switch (command) {
            case FiringCommand.Meet c ->
                accept(state.paused() != null || state.knows(c.firing()) ? List.of() : meet(c, state, now));
            case FiringCommand.End c -> accept(end(c, state, now));
            case FiringCommand.Pause c ->
                state.paused() == null
                        ? accept(new FiringEvent.Paused(c.trigger(), c.reason(), now))
                        : refuse(WRONG_STATE, "Expected an active trigger, but " + c.trigger() + " is paused");
            case FiringCommand.Resume c ->
                state.paused() == null
                        ? refuse(WRONG_STATE, "Expected a paused trigger, but " + c.trigger() + " is active")
                        : accept(new FiringEvent.Resumed(c.trigger(), now));
        };
    }

    private static List<FiringEvent> meet(FiringCommand.Meet c, FiringState state, Instant now) {
        Firing f = c.firing();
        Optional<Guards.Said> stopped = Guards.first(f, new Guards.History(state, c.elsewhere()), c.limits(), now);
        if (stopped.isEmpty()) {
            return List.of(new FiringEvent.Fired(
                    f.trigger(),
                    f.event(),
                    f.due(),
                    f.position(),
                    f.subject(),
                    f.depth(),
                    f.definition(),
                    c.execution(),
                    now));
        }
        return switch (stopped.get().verdict()) {
            case Guards.Verdict.Pass pass -> throw new IllegalStateException("A guard that stops does not let pass");
            case Guards.Verdict.Wait wait ->
                List.of(new FiringEvent.Deferred(
                        f.trigger(),
                        f.event(),
                        f.position(),
                        f.subject(),
                        f.depth(),
                        f.definition(),
                        wait.until(),
                        now));
            case Guards.Verdict.Block block -> blocked(f, stopped.get().guard(), block, now);
        };
    }

    private static List<FiringEvent> blocked(Firing f, String guard, Guards.Verdict.Block block, Instant now) {
        List<FiringEvent> events = new ArrayList<>();
        events.add(new FiringEvent.Blocked(
                f.trigger(),
                f.event(),
                f.due(),
                f.position(),
                f.subject(),
                guard,
                block.reason(),
                block.retryAt(),
                now));
        if (block.pauses()) {
            events.add(new FiringEvent.Paused(f.trigger(), guard + ": " + block.reason(), now));
        }
        return events;
    }

    /** It may be over several times, when it was tried again; what is no more known of is left alone. */
    private static List<FiringEvent> end(FiringCommand.End c, FiringState state, Instant now) {
        FiringState.Run run = state.runs().get(c.execution());
        if (run == null || c.version() <= run.version()) {
            return List.of();
        }
        BigDecimal cost = c.costUsd().subtract(run.costUsd());
        FiringEvent.Ended ended =
                new FiringEvent.Ended(c.trigger(), c.execution(), c.outcome(), cost, c.reason(), c.version(), now);
        List<FiringEvent> events = new ArrayList<>();
        events.add(ended);
        if (state.paused() == null && c.limits() != null) {
            pause(state.ended(ended), c.limits(), now)
                    .ifPresent(reason -> events.add(new FiringEvent.Paused(c.trigger(), reason, now)));
        }
        return events;
    }

    private static Optional<String> pause(FiringState state, TriggerLimits limits, Instant now) {
        return Guards.exhausted(state, limits, now)
                .map(said -> said.guard() + ": " + ((Guards.Verdict.Block) said.verdict()).reason());
    }

    @Override
    public FiringState evolve(FiringState state, FiringEvent event) {
        return switch (event) {
            case FiringEvent.Fired e -> state.fired(e);
            case FiringEvent.Blocked e -> state.met(e.position(), e.due(), e.subject(), e.event());
            case FiringEvent.Deferred e -> state.deferred(e);
            case FiringEvent.Ended e -> state.runs().containsKey(e.execution()) ? state.ended(e) : state;
            case FiringEvent.Paused e -> state.paused(e.reason());
            case FiringEvent.Resumed e -> state.resumed(e.at());
        };
    }
}
