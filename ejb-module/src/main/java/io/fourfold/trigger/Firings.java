package io.fourfold.trigger;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Trigger;
import io.fourfold.config.TriggerLimits;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.DispatchState;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Writes what triggers fire, and then starts it. Whatever happens between the two, what was fired is started: what runs
 * by the records, and was not seen started by this server, is started again, which changes nothing where it was.
 */
public final class Firings {

    static final Did ACTOR = new Did("did:fourfold:system:trigger");

    private final Log log;
    private final Commands commands;
    private final Launcher launcher;
    private final EngineConfigs configs;
    private final Clock clock;
    private final Map<String, Set<String>> started = new ConcurrentHashMap<>();

    public Firings(Log log, Commands commands, Launcher launcher, EngineConfigs configs, Clock clock) {
        this.log = log;
        this.commands = commands;
        this.launcher = launcher;
        this.configs = configs;
        this.clock = clock;
    }

    public FiringState state(String trigger) {
        return commands.state(TriggerFirings.AGGREGATE, TriggerFirings.threadOf(trigger));
    }

    /** The trigger in force with an id. */
    Optional<Declared<Trigger>> declared(String trigger) {
        return configs.current().triggers().stream()
                .filter(declared -> TriggerFirings.idOf(declared.identity()).equals(trigger))
                .findFirst();
    }

    /** When the other triggers fired lately. */
    List<Instant> elsewhere(String trigger) {
        return configs.current().triggers().stream()
                .map(declared -> TriggerFirings.idOf(declared.identity()))
                .filter(id -> !id.equals(trigger))
                .flatMap(id -> state(id).recent().stream())
                .toList();
    }

    /** @param event null for a time of a schedule */
    void meet(Declared<Trigger> declared, Firing firing, Entry event) {
        String id = firing.trigger();
        String execution = Launcher.idOf(new Launcher.Start(declared, id, event, firing.due()));
        FiringState after =
                told(new FiringCommand.Meet(firing, execution, declared.value().limits(), () -> elsewhere(id)));
        launch(declared, after);
    }

    void end(String trigger, String execution, long version, String outcome, BigDecimal costUsd, String reason) {
        TriggerLimits limits =
                declared(trigger).map(declared -> declared.value().limits()).orElse(null);
        told(new FiringCommand.End(trigger, execution, version, outcome, costUsd, reason, limits));
    }

    /** Starts what was fired, and was not seen started. */
    void launch(Declared<Trigger> declared, FiringState state) {
        String id = TriggerFirings.idOf(declared.identity());
        Set<String> seen = started.getOrDefault(id, Set.of());
        List<FiringState.Run> open = state.open();
        for (FiringState.Run run : open) {
            if (!seen.contains(run.fired().execution())) {
                start(declared, run.fired(), state);
            }
        }
        started.put(id, open.stream().map(run -> run.fired().execution()).collect(Collectors.toSet()));
    }

    private void start(Declared<Trigger> declared, FiringEvent.Fired fired, FiringState state) {
        Entry event = fired.event() == null
                ? null
                : log.find(new EntryId(fired.event())).orElseThrow();
        Launcher.Start start = new Launcher.Start(declared, fired.trigger(), event, fired.due());
        boolean same = Launcher.idOf(start).equals(fired.execution());
        if (!same && isDispatched(fired.execution())) {
            return;
        }
        Optional<String> refused = same
                ? launcher.start(start, fired.execution(), rest(declared.value().limits(), state))
                : Optional.of("the trigger was changed before this was started");
        refused.ifPresent(why -> end(
                fired.trigger(),
                fired.execution(),
                0,
                TriggerFirings.FAILED,
                BigDecimal.ZERO,
                Ends.shortened("not started: " + why)));
    }

    private boolean isDispatched(String dispatch) {
        return commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(dispatch)).status() != DispatchState.Status.ABSENT;
    }

    /** What may still be spent: of the day's, and of all. */
    private BigDecimal rest(TriggerLimits limits, FiringState state) {
        BigDecimal today = limits.budgetUsd().subtract(state.on(clock.instant()).costUsd());
        return limits.budgetTotalUsd() == null
                ? today
                : today.min(limits.budgetTotalUsd().subtract(state.costUsd()));
    }

    /** A refusal here is a broken machine: the caller meets the event again. */
    private FiringState told(FiringCommand command) {
        return switch (commands.handle(TriggerFirings.AGGREGATE, command, ACTOR)) {
            case Outcome.Done<FiringState> done -> done.state();
            case Outcome.Refused<FiringState> refused ->
                throw new IllegalStateException(refused.refusal().message());
        };
    }
}
