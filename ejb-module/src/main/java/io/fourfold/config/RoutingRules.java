package io.fourfold.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.ThreadId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The routing rules in force: an immutable fold of {@code th_engine_config}. The latest valid record of a name wins;
 * {@code enabled: false} removes it; one that is refused changes nothing and is listed.
 */
public record RoutingRules(Map<String, Rule> byName, List<RefusedRule> refused) {

    public static final ThreadId THREAD = new ThreadId("th_engine_config");
    public static final RoutingRules NONE = new RoutingRules(Map.of(), List.of());

    private static final String TOPIC = "routing_rule";

    /** Higher priority first, then the older. */
    public record Rule(String name, Expression condition, Did target, long priority, long position) {}

    /** A record that the fold did not take, and why. */
    public record RefusedRule(String record, String name, String reason) {}

    public RoutingRules {
        byName = Map.copyOf(byName);
        refused = List.copyOf(refused);
    }

    public List<Rule> inOrder() {
        Collection<Rule> rules = byName.values();
        return rules.stream()
                .sorted(Comparator.comparingLong((Rule r) -> -r.priority()).thenComparingLong(Rule::position))
                .toList();
    }

    public RoutingRules fold(Entry entry, Expressions expressions) {
        boolean ours = entry.thread().equals(THREAD)
                && entry.draft().act() == Act.LEARN
                && TOPIC.equals(entry.body().text("topic").orElse(null));
        if (!ours) {
            return this;
        }
        JsonNode body = entry.body().tree();
        String name = entry.namespace() + "/" + body.path("name").asText("");
        Map<String, Rule> rules = new LinkedHashMap<>(byName);
        try {
            if (body.path("enabled").asBoolean(true)) {
                rules.put(name, rule(name, body, entry.position(), expressions));
            } else {
                rules.remove(name);
            }
            return new RoutingRules(rules, refused);
        } catch (IllegalArgumentException wrong) {
            List<RefusedRule> more = new ArrayList<>(refused);
            more.add(new RefusedRule(entry.id().hex(), name, wrong.getMessage()));
            return new RoutingRules(byName, more);
        }
    }

    private static Rule rule(String name, JsonNode body, long position, Expressions expressions) {
        for (String field : List.of("name", "expression", "target")) {
            if (!body.path(field).isTextual() || body.path(field).asText().isBlank()) {
                throw new IllegalArgumentException(
                        field + ": expected text, but was " + body.path(field).toString());
            }
        }
        JsonNode priority = body.path("priority");
        if (!priority.isMissingNode() && !priority.isIntegralNumber()) {
            throw new IllegalArgumentException("priority: expected a whole number, but was " + priority);
        }
        String target = body.path("target").asText();
        Did did;
        try {
            did = new Did(target);
        } catch (InvalidRecord wrong) {
            throw new IllegalArgumentException("target: " + wrong.getMessage(), wrong);
        }
        Expression condition =
                expressions.compile(Context.ROUTING, body.path("expression").asText());
        return new Rule(name, condition, did, priority.asLong(0), position);
    }
}
