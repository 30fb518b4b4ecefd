package io.fourfold.trigger;

import io.fourfold.config.TriggerLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What may keep a trigger from firing: values in an ordered list, the first that does not let an event pass is the
 * answer. Each is a pure function; what it counts is in the trigger's own records.
 */
public final class Guards {

    /** What a guard says. */
    public sealed interface Verdict {

        record Pass() implements Verdict {}

        /** @param pauses whether the trigger stays still from now on, until somebody resumes it */
        record Block(String reason, Instant retryAt, boolean pauses) implements Verdict {}

        /** It is asked again at that time, unless another of the same subject comes before. */
        record Wait(String reason, Instant until) implements Verdict {}
    }

    /** @param elsewhere when the other triggers fired lately */
    public record History(FiringState state, Supplier<List<Instant>> elsewhere) {}

    /** A guard by its name, and what it says. */
    public record Said(String guard, Verdict verdict) {
        boolean stops() {
            return !(verdict instanceof Verdict.Pass);
        }
    }

    private interface Rule {
        Verdict of(Firing firing, History history, TriggerLimits limits, Instant now);
    }

    private record Guard(String name, Rule rule) {
        Said ask(Firing firing, History history, TriggerLimits limits, Instant now) {
            return new Said(name, rule.of(firing, history, limits, now));
        }
    }

    private static final Verdict PASS = new Verdict.Pass();

    private static final List<Guard> IN_ORDER = List.of(
            new Guard("max_concurrent", Guards::maxConcurrent),
            new Guard("max_attempts", Guards::maxAttempts),
            new Guard("cooldown", Guards::cooldown),
            new Guard("debounce", Guards::debounce),
            new Guard("daily_limit", Guards::dailyLimit),
            new Guard("budget", (f, history, limits, now) -> budget(history.state(), limits, now)),
            new Guard("chain_depth", Guards::chainDepth),
            new Guard("circuit_breaker", (f, history, limits, now) -> circuitBreaker(history.state(), limits)),
            new Guard("dispatch_rate", Guards::dispatchRate));

    private Guards() {}

    /** All of them, each with what it says, whatever those before it said. */
    public static List<Said> all(Firing firing, History history, TriggerLimits limits, Instant now) {
        return IN_ORDER.stream()
                .map(guard -> guard.ask(firing, history, limits, now))
                .toList();
    }

    /** The first that does not let it pass; empty when all do. Those after it are not asked. */
    static Optional<Said> first(Firing firing, History history, TriggerLimits limits, Instant now) {
        return IN_ORDER.stream()
                .map(guard -> guard.ask(firing, history, limits, now))
                .filter(Said::stops)
                .findFirst();
    }

    /** What keeps a trigger from firing whatever comes, until somebody resumes it; empty while nothing does. */
    static Optional<Said> exhausted(FiringState state, TriggerLimits limits, Instant now) {
        return Stream.of(
                        new Said("budget", budget(state, limits, now)),
                        new Said("circuit_breaker", circuitBreaker(state, limits)))
                .filter(Said::stops)
                .findFirst();
    }

    private static Verdict maxConcurrent(Firing firing, History history, TriggerLimits limits, Instant now) {
        int open = history.state().open().size();
        return open < limits.maxConcurrent() ? PASS : block(open + " of " + limits.maxConcurrent() + " run", null);
    }

    /** A schedule has no subject that could be tried too often. */
    private static Verdict maxAttempts(Firing firing, History history, TriggerLimits limits, Instant now) {
        FiringState.Tried tried = history.state().subjects().get(firing.subject());
        return firing.due() != null || tried == null || tried.times() < limits.maxAttempts()
                ? PASS
                : block(
                        tried.times() + " of " + limits.maxAttempts() + " attempts were made for " + firing.subject(),
                        null);
    }

    private static Verdict cooldown(Firing firing, History history, TriggerLimits limits, Instant now) {
        FiringState.Tried tried = history.state().subjects().get(firing.subject());
        if (tried == null) {
            return PASS;
        }
        Instant over = tried.last().plusSeconds(limits.cooldownSeconds());
        return firing.moment(now).isBefore(over)
                ? block(
                        "it fired for " + firing.subject() + " at " + tried.last() + ", less than "
                                + limits.cooldownSeconds() + " s before",
                        over)
                : PASS;
    }

    private static Verdict debounce(Firing firing, History history, TriggerLimits limits, Instant now) {
        return firing.settled() || firing.due() != null || limits.debounceSeconds() == 0
                ? PASS
                : new Verdict.Wait(
                        "another may come within " + limits.debounceSeconds() + " s",
                        now.plusSeconds(limits.debounceSeconds()));
    }

    private static Verdict dailyLimit(Firing firing, History history, TriggerLimits limits, Instant now) {
        FiringState.Day today = history.state().on(now);
        return today.fired() < limits.dailyLimit()
                ? PASS
                : block(
                        "it fired " + today.fired() + " of " + limits.dailyLimit() + " times today",
                        today.date().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static Verdict budget(FiringState state, TriggerLimits limits, Instant now) {
        BigDecimal today = state.on(now).costUsd();
        if (today.compareTo(limits.budgetUsd()) >= 0) {
            return pause(spent(today, limits.budgetUsd()) + " were spent today");
        }
        BigDecimal most = limits.budgetTotalUsd();
        return most == null || state.costUsd().compareTo(most) < 0
                ? PASS
                : pause(spent(state.costUsd(), most) + " were spent altogether");
    }

    private static String spent(BigDecimal spent, BigDecimal most) {
        return spent.toPlainString() + " of " + most.toPlainString() + " USD";
    }

    private static Verdict chainDepth(Firing firing, History history, TriggerLimits limits, Instant now) {
        return firing.depth() <= limits.chainDepth()
                ? PASS
                : block(
                        "it would be number " + firing.depth() + " in a chain of triggers of at most "
                                + limits.chainDepth(),
                        null);
    }

    private static Verdict circuitBreaker(FiringState state, TriggerLimits limits) {
        return state.failures() < limits.circuitBreaker() ? PASS : pause(state.failures() + " failures in a row");
    }

    private static Verdict dispatchRate(Firing firing, History history, TriggerLimits limits, Instant now) {
        Duration window = Duration.ofSeconds(TriggerLimits.RATE_SECONDS);
        List<Instant> fired = new ArrayList<>(history.state().recent());
        fired.addAll(history.elsewhere().get());
        fired.removeIf(at -> !at.isAfter(now.minus(window)));
        fired.sort(null);
        int over = fired.size() - limits.dispatchRate();
        return over < 0
                ? PASS
                : block(
                        "triggers fired " + fired.size() + " times within " + window.toSeconds() + " s, and "
                                + limits.dispatchRate() + " are allowed",
                        fired.get(over).plus(window));
    }

    private static Verdict block(String reason, Instant retryAt) {
        return new Verdict.Block(reason, retryAt, false);
    }

    private static Verdict pause(String reason) {
        return new Verdict.Block(reason, null, true);
    }
}
