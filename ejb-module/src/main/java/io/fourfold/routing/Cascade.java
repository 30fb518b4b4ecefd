package io.fourfold.routing;

import io.fourfold.config.Declared;
import io.fourfold.config.RoutingRule;
import io.fourfold.expression.Expression;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Decides where a record goes. Six steps, the cheapest first, are values in an ordered list: a step never runs once an
 * earlier one decided, and the trace says what each of them said.
 */
public final class Cascade {

    /** Where a record is sent that a model is to propose a rule for. */
    public static final Did INTELLIGENCE = new Did("did:fourfold:system:intelligence");

    /** Where a record is sent that a pattern replays. */
    public static final Did REPLAY = new Did("did:fourfold:system:replay");

    private static final String USER = "did:fourfold:user:";
    private static final String BY_DEFAULT = "default";
    private static final int MICRO = 1_000;

    private static final Set<String> RESERVED = Set.of(
            "th_engine_config",
            "th_actor_registry",
            "th_namespace_registry",
            "th_instance_registry",
            "th_fleet_control",
            "th_consent",
            "th_decisions",
            "th_pattern_registry",
            "th_audit");

    /** What a step says. */
    private sealed interface Verdict {

        record Missed(String why) implements Verdict {}

        /** A null target leaves it to people. */
        record Decided(Did target, String rule, String pattern, String why) implements Verdict {}
    }

    private record Step(String name, BiFunction<Routable, Situation, Verdict> decide) {}

    private static final List<Step> IN_ORDER = List.of(
            new Step("explicit_target", Cascade::explicitTarget),
            new Step("pattern", Cascade::pattern),
            new Step("routing_rule", Cascade::routingRule),
            new Step("trust", Cascade::trust),
            new Step("intelligence", Cascade::intelligence),
            new Step(BY_DEFAULT, Cascade::byDefault));

    private final LongSupplier nanos;

    /** @param nanos a clock for how long the steps take */
    public Cascade(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The names of the steps, the first that is asked first. */
    public static List<String> steps() {
        return IN_ORDER.stream().map(Step::name).toList();
    }

    /** Why a record is not routed at all; empty when it is. */
    public static Optional<String> skipped(Routable record) {
        Json body = record.draft().body();
        if (record.draft().actor().isSystem()) {
            return Optional.of("written by the system");
        }
        if (RESERVED.contains(record.draft().thread().value())) {
            return Optional.of("on a reserved thread");
        }
        if (body.isTrue("dispatch_handled")) {
            return Optional.of("handled already");
        }
        if (body.tree().has("fulfills") || body.tree().has("cancels")) {
            return Optional.of("answers another record");
        }
        return record.draft().act() == Act.INTEND || body.text("to").isPresent()
                ? Optional.empty()
                : Optional.of("neither an intent nor addressed");
    }

    /** @param dispatchId of the dispatch that would follow */
    public RoutingTrace route(Routable record, Situation situation, String dispatchId) {
        Optional<String> skipped = skipped(record);
        if (skipped.isPresent()) {
            return new RoutingTrace(
                    record.id(), skipped.get(), null, null, null, null, null, situation.position(), List.of());
        }
        List<RoutingTrace.Considered> considered = new ArrayList<>(IN_ORDER.size());
        Verdict.Decided decided = null;
        String decidedBy = BY_DEFAULT;
        for (Step step : IN_ORDER) {
            if (decided != null) {
                considered.add(considered(step, "not_run", "decided before", 0));
                continue;
            }
            long begin = nanos.getAsLong();
            Verdict verdict = step.decide().apply(record, situation);
            long micros = (nanos.getAsLong() - begin) / MICRO;
            switch (verdict) {
                case Verdict.Missed missed -> considered.add(considered(step, "missed", missed.why(), micros));
                case Verdict.Decided hit -> {
                    considered.add(considered(step, "decided", hit.why(), micros));
                    decided = hit;
                    decidedBy = step.name();
                }
            }
        }
        String target = decided.target() == null ? null : decided.target().value();
        return new RoutingTrace(
                record.id(),
                null,
                decidedBy,
                target,
                decided.rule(),
                decided.pattern(),
                target == null ? null : dispatchId,
                situation.position(),
                considered);
    }

    private static RoutingTrace.Considered considered(Step step, String outcome, String why, long micros) {
        return new RoutingTrace.Considered(step.name(), outcome, why, micros);
    }

    private static Verdict explicitTarget(Routable record, Situation situation) {
        Optional<String> to = record.draft().body().text("to");
        if (to.isEmpty()) {
            return new Verdict.Missed("the body has no to");
        }
        try {
            Did target = new Did(to.get());
            return target.isSystem()
                    ? new Verdict.Missed("to is the engine itself")
                    : new Verdict.Decided(target, null, null, "the body says to");
        } catch (InvalidRecord noDid) {
            return new Verdict.Missed("to is no DID");
        }
    }

    private static Verdict pattern(Routable record, Situation situation) {
        Optional<Situation.Match> found = situation.patterns().apply(record);
        if (found.isEmpty()) {
            return new Verdict.Missed("no pattern matches");
        }
        Situation.Match match = found.get();
        String why = match.level().name().toLowerCase(Locale.ROOT) + " of " + match.pattern();
        Did target = match.level() == Situation.Level.REPLAY ? REPLAY : match.target();
        return new Verdict.Decided(target, null, match.pattern(), why);
    }

    private static Verdict routingRule(Routable record, Situation situation) {
        Map<String, Object> variables = Map.of("record", record.variables());
        Facts facts = situation.facts().apply(record);
        int failed = 0;
        for (Declared<RoutingRule> rule : situation.rules().concerning(variables)) {
            try {
                if (holds(rule.value().when(), variables, facts)) {
                    String path = rule.identity().path();
                    return new Verdict.Decided(rule.value().target(), path, null, path + " holds");
                }
            } catch (ExpressionFailure doesNotApply) {
                failed++;
            }
        }
        String why = situation.rules().size() + " rules, none holds";
        return new Verdict.Missed(failed == 0 ? why : why + ", " + failed + " could not be evaluated");
    }

    /** Once more when it was stopped: a busy machine may have taken its time, and the rule must not miss for that. */
    private static boolean holds(Expression when, Map<String, Object> variables, Facts facts) {
        try {
            return when.holds(variables, facts);
        } catch (ExpressionFailure failure) {
            if (failure.stopped()) {
                return when.holds(variables, facts);
            }
            throw failure;
        }
    }

    private static Verdict trust(Routable record, Situation situation) {
        Optional<Situation.Trusted> best = situation.trusted().apply(record.domain());
        if (best.isEmpty()) {
            return new Verdict.Missed("nobody who can be reached is trusted in " + record.domain());
        }
        String why = String.format(
                Locale.ROOT,
                "trusted most in %s: %.4f",
                record.domain(),
                best.get().score());
        return new Verdict.Decided(best.get().actor(), null, null, why);
    }

    private static Verdict intelligence(Routable record, Situation situation) {
        if (!situation.intelligence()) {
            return new Verdict.Missed("no model is configured");
        }
        return record.draft().actor().value().startsWith(USER)
                ? new Verdict.Decided(INTELLIGENCE, null, null, "a model proposes a rule")
                : new Verdict.Missed("only for records of users");
    }

    private static Verdict byDefault(Routable record, Situation situation) {
        return new Verdict.Decided(null, null, null, "left to people");
    }
}
