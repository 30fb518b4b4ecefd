package io.fourfold.routing;

import io.fourfold.config.Declared;
import io.fourfold.config.RoutingRule;
import io.fourfold.expression.Necessary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Routing rules in the order they are asked, and which of them a record can concern at all: a rule that needs a field
 * to be equal to a text is asked only where it is. Of several such needs the rarest is looked up.
 */
public final class RuleIndex {

    public static final RuleIndex NONE = new RuleIndex(List.of());

    private final List<Declared<RoutingRule>> inOrder;
    private final Map<List<String>, Map<String, BitSet>> byNeed = new HashMap<>();
    private final BitSet always = new BitSet();

    public RuleIndex(List<Declared<RoutingRule>> inOrder) {
        this.inOrder = List.copyOf(inOrder);
        Map<Necessary, Integer> common = new HashMap<>();
        for (Declared<RoutingRule> rule : inOrder) {
            rule.value().when().necessary().forEach(need -> common.merge(need, 1, Integer::sum));
        }
        for (int place = 0; place < inOrder.size(); place++) {
            add(place, inOrder.get(place), common);
        }
    }

    private void add(int place, Declared<RoutingRule> rule, Map<Necessary, Integer> common) {
        Necessary rarest = null;
        for (Necessary need : rule.value().when().necessary()) {
            rarest = rarest == null || common.get(need) < common.get(rarest) ? need : rarest;
        }
        if (rarest == null) {
            always.set(place);
        } else {
            byNeed.computeIfAbsent(rarest.path(), path -> new HashMap<>())
                    .computeIfAbsent(rarest.value(), value -> new BitSet())
                    .set(place);
        }
    }

    public int size() {
        return inOrder.size();
    }

    /** Those that can hold, in order. */
    List<Declared<RoutingRule>> concerning(Map<String, Object> variables) {
        BitSet places = (BitSet) always.clone();
        byNeed.forEach((path, byValue) -> {
            BitSet found = at(variables, path) instanceof String text ? byValue.get(text) : null;
            if (found != null) {
                places.or(found);
            }
        });
        List<Declared<RoutingRule>> rules = new ArrayList<>(places.cardinality());
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            rules.add(inOrder.get(place));
        }
        return rules;
    }

    private static Object at(Map<String, Object> variables, List<String> path) {
        Object value = variables;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }
}
