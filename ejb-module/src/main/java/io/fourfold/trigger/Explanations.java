package io.fourfold.trigger;

import io.fourfold.config.Declared;
import io.fourfold.config.Trigger;
import io.fourfold.expression.Facts;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.routing.Routable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Why a trigger did what it did with an event, and what it would do with one. Nothing is fired. Its expression is
 * answered from those records that who asks may read.
 */
public final class Explanations {

    private final Log log;
    private final Firings firings;
    private final Chain chain;
    private final BiFunction<Routable, Predicate<Entry>, Facts> facts;
    private final Clock clock;

    public Explanations(
            Log log, Firings firings, Chain chain, BiFunction<Routable, Predicate<Entry>, Facts> facts, Clock clock) {
        this.log = log;
        this.firings = firings;
        this.chain = chain;
        this.facts = facts;
        this.clock = clock;
    }

    /** An event before its trigger: on which state, and at which time, its guards are asked. */
    private record Moment(FiringState state, Instant at, Explanation.Decided decided, boolean settled) {}

    /** Of a record: by what was recorded of it where something was, else as of now. */
    public Explanation why(Declared<Trigger> declared, Entry event, Predicate<Entry> readable) {
        String id = TriggerFirings.idOf(declared.identity());
        Chain.Origin origin = chain.of(event.draft());
        Moment moment = moment(id, event.id().hex());
        Firing met = Triggers.firing(declared, event, origin);
        Routable record = Routable.of(event);
        return explain(
                declared,
                record,
                moment.settled() ? met.settle() : met,
                origin,
                moment,
                event,
                () -> facts.apply(record, readable));
    }

    /** Of a record that is not stored; for a schedule, of this very time. */
    public Explanation test(Declared<Trigger> declared, Draft draft, Predicate<Entry> readable) {
        String id = TriggerFirings.idOf(declared.identity());
        Chain.Origin origin = chain.of(draft, readable);
        boolean scheduled = declared.value().occasion() instanceof Trigger.Occasion.Due;
        Instant now = clock.instant();
        Firing firing = new Firing(
                id,
                null,
                scheduled ? now : null,
                0,
                scheduled ? Subjects.SCHEDULE : Subjects.of(draft),
                origin.depth() + 1,
                declared.record().hex(),
                false);
        Moment moment = new Moment(firings.state(id), now, null, false);
        Routable record = Routable.of(draft);
        return explain(declared, record, firing, origin, moment, null, () -> facts.apply(record, readable));
    }

    private Explanation explain(
            Declared<Trigger> declared,
            Routable record,
            Firing firing,
            Chain.Origin origin,
            Moment moment,
            Entry event,
            Supplier<Facts> known) {
        boolean scheduled = firing.due() != null;
        Hearing hearing = scheduled
                ? new Hearing(true, "a time of its schedule", List.of(), null)
                : Hearing.of(declared, record, known);
        boolean own = !declared.value().onOwn() && firing.trigger().equals(origin.trigger());
        List<Guards.Said> said = Guards.all(
                firing,
                new Guards.History(moment.state(), () -> firings.elsewhere(firing.trigger())),
                declared.value().limits(),
                moment.at());
        Launcher.Start start = new Launcher.Start(declared, firing.trigger(), event, moment.at());
        return new Explanation(
                firing.trigger(),
                firing.event(),
                outcome(hearing, own, moment.state(), said),
                moment.state().paused(),
                firing.subject(),
                firing.depth(),
                own,
                hearing.heard(),
                hearing.why(),
                hearing.conditions().stream().map(Explanations::shown).toList(),
                hearing.expression(),
                said.stream().map(Explanations::shown).toList(),
                event == null && !scheduled ? start.inputs(record.draft().body().tree()) : start.inputs(),
                moment.decided());
    }

    private static String outcome(Hearing hearing, boolean own, FiringState state, List<Guards.Said> said) {
        if (!hearing.heard()) {
            return "not_heard";
        }
        if (!hearing.holds()) {
            return "missed";
        }
        if (own) {
            return "own";
        }
        if (state.paused() != null) {
            return "paused";
        }
        return said.stream()
                .filter(Guards.Said::stops)
                .findFirst()
                .map(first -> first.verdict() instanceof Guards.Verdict.Wait ? "deferred" : "blocked")
                .orElse("fires");
    }

    /** As of the last decision on an event; as of now when there is none. */
    private Moment moment(String id, String event) {
        FiringState state = FiringState.NONE;
        Moment found = null;
        long version = 0;
        List<Entry> page;
        do {
            page = log.thread(TriggerFirings.threadOf(id), version, Log.READ_MAX);
            for (Entry entry : page) {
                FiringEvent happened = FiringEvent.CODEC.read(entry).orElse(null);
                if (happened == null) {
                    continue;
                }
                Explanation.Decided decided = decided(happened, event, entry);
                if (decided != null) {
                    boolean settled = state.waiting().values().stream()
                            .anyMatch(w -> w.deferred().event().equals(event));
                    found = new Moment(state, happened.at(), decided, settled);
                }
                state = TriggerFirings.AGGREGATE.evolve(state, happened);
            }
            version += page.size();
        } while (page.size() == Log.READ_MAX);
        return found == null ? new Moment(state, clock.instant(), null, false) : found;
    }

    private static Explanation.Decided decided(FiringEvent happened, String event, Entry entry) {
        String record = entry.id().hex();
        return switch (happened) {
            case FiringEvent.Fired e
            when event.equals(e.event()) ->
                new Explanation.Decided("fired", record, e.at(), e.execution(), null, null, null);
            case FiringEvent.Blocked e
            when event.equals(e.event()) ->
                new Explanation.Decided("blocked", record, e.at(), null, e.guard(), e.reason(), e.retryAt());
            case FiringEvent.Deferred e
            when event.equals(e.event()) ->
                new Explanation.Decided("deferred", record, e.at(), null, "debounce", null, e.until());
            case FiringEvent e -> null;
        };
    }

    private static Explanation.Condition shown(Hearing.Checked checked) {
        return new Explanation.Condition(
                checked.condition().path(),
                checked.condition().operator().name().toLowerCase(Locale.ROOT),
                checked.holds(),
                checked.was());
    }

    private static Explanation.Guard shown(Guards.Said said) {
        return switch (said.verdict()) {
            case Guards.Verdict.Pass pass -> new Explanation.Guard(said.guard(), "pass", null, null, false);
            case Guards.Verdict.Block block ->
                new Explanation.Guard(said.guard(), "block", block.reason(), block.retryAt(), block.pauses());
            case Guards.Verdict.Wait wait ->
                new Explanation.Guard(said.guard(), "wait", wait.reason(), wait.until(), false);
        };
    }
}
