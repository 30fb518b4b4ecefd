package io.fourfold.permission;

import io.fourfold.config.Declared;
import io.fourfold.config.PermissionRule;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.Facts;
import java.util.List;
import java.util.Map;

/** Asks the rules: the first that holds decides. */
public final class PermissionRules {

    /** The rule of who is denied because no rule holds; no rule's own name is without a slash. */
    public static final String NONE = "none";

    private PermissionRules() {}

    /** What was decided, and the rule that did. */
    public sealed interface Verdict {

        String rule();

        record Allowed(String rule) implements Verdict {}

        record Denied(String rule) implements Verdict {}
    }

    /** @param rules in the order in which they are asked */
    public static Verdict decide(Subject subject, List<Declared<PermissionRule>> rules, Facts facts) {
        Map<String, Object> variables = Map.of("record", subject.record(), "resource", subject.resource());
        for (Declared<PermissionRule> rule : rules) {
            if (holds(rule.value(), variables, facts)) {
                String name = rule.identity().path();
                return switch (rule.value().action()) {
                    case ALLOW -> new Verdict.Allowed(name);
                    case DENY -> new Verdict.Denied(name);
                };
            }
        }
        return new Verdict.Denied(NONE);
    }

    /** One that cannot be evaluated does not hold; expressions count those themselves. */
    private static boolean holds(PermissionRule rule, Map<String, Object> variables, Facts facts) {
        try {
            return rule.when().holds(variables, facts);
        } catch (ExpressionFailure failed) {
            return false;
        }
    }
}
