package io.fourfold.routing;

import io.fourfold.config.Declared;
import io.fourfold.config.RoutingRule;
import io.fourfold.expression.Bindings;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Decides where a record goes. Steps are values in an ordered list: a step never runs once an earlier one decided. */
public final class Cascade {

    private static final Logger LOG = Logger.getLogger(Cascade.class.getName());

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

    /** A decision: where to, by which step, and by which rule if a rule decided. */
    public record Route(Did target, String step, String rule) {}

    /** One step: a route, or nothing for the next step to try. */
    record Step(String name, Function<Entry, Optional<Route>> decide) {}

    private final List<Step> inOrder;

    /** @param facts what a rule's functions answer for a record */
    public Cascade(Supplier<List<Declared<RoutingRule>>> rules, Function<Entry, Facts> facts) {
        this.inOrder = List.of(
                new Step("explicit_target", Cascade::explicitTarget),
                new Step("routing_rule", entry -> routingRule(entry, rules.get(), facts.apply(entry))));
    }

    /** Why a record is not routed at all; empty when it is. */
    public static Optional<String> skipped(Entry entry) {
        Json body = entry.body();
        if (entry.draft().actor().isSystem()) {
            return Optional.of("written by the system");
        }
        if (RESERVED.contains(entry.thread().value())) {
            return Optional.of("on a reserved thread");
        }
        if (body.isTrue("dispatch_handled")) {
            return Optional.of("handled already");
        }
        if (body.tree().has("fulfills") || body.tree().has("cancels")) {
            return Optional.of("answers another record");
        }
        return entry.draft().act() == Act.INTEND || body.text("to").isPresent()
                ? Optional.empty()
                : Optional.of("neither an intent nor addressed");
    }

    public Optional<Route> route(Entry entry) {
        return inOrder.stream()
                .map(step -> step.decide().apply(entry))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Route> explicitTarget(Entry entry) {
        try {
            return entry.body().text("to").map(to -> new Route(new Did(to), "explicit_target", null));
        } catch (InvalidRecord noDid) {
            return Optional.empty();
        }
    }

    private static Optional<Route> routingRule(Entry entry, List<Declared<RoutingRule>> rules, Facts facts) {
        Map<String, Object> variables = Map.of("record", Bindings.record(entry));
        return rules.stream()
                .filter(rule -> holds(rule, variables, facts))
                .findFirst()
                .map(rule -> new Route(
                        rule.value().target(), "routing_rule", rule.identity().path()));
    }

    private static boolean holds(Declared<RoutingRule> rule, Map<String, Object> variables, Facts facts) {
        try {
            return rule.value().when().holds(variables, facts);
        } catch (ExpressionFailure broken) {
            LOG.log(Level.FINE, "Rule " + rule.identity().path() + " does not apply: " + broken.getMessage());
            return false;
        }
    }
}
