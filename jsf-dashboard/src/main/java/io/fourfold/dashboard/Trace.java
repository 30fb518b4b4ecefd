package io.fourfold.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fourfold.config.Topic;
import io.fourfold.kit.Wire;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.routing.RoutingTrace.Considered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A trace of the cascade as it is drawn.
 *
 * @param skipped  why the record is not routed at all, or null
 * @param decision what was decided, and by which step
 * @param target   who is to do it, or null when it is left to people
 * @param rule     the rule that decided, or null
 * @param ruleLink to the rule
 * @param pattern  the pattern that decided, or null
 * @param took     all steps together
 */
public record Trace(
        List<Step> steps,
        String skipped,
        String decision,
        String target,
        String rule,
        String ruleLink,
        String pattern,
        String took) {

    private static final int MILLI = 1_000;

    /**
     * One step.
     *
     * @param tone {@code hit}, {@code miss} or {@code off}
     * @param took how long it took; null when it was not asked
     */
    public record Step(int number, String name, String text, String outcome, String tone, String why, String took) {}

    static Trace of(RoutingTrace trace) {
        List<Step> steps = new ArrayList<>();
        for (Considered step : trace.considered()) {
            steps.add(step(steps.size() + 1, step));
        }
        long micros = trace.considered().stream().mapToLong(Considered::micros).sum();
        return new Trace(
                List.copyOf(steps),
                trace.skipped(),
                decision(trace),
                trace.target(),
                trace.rule(),
                trace.rule() == null ? null : ruleLink(trace.rule()),
                trace.pattern(),
                took(micros));
    }

    /** As a row keeps it. */
    static Trace of(String json) {
        try {
            return of(Wire.MAPPER.readValue(json, RoutingTrace.class));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A stored trace is not readable: " + json, broken);
        }
    }

    private static Step step(int number, Considered step) {
        boolean asked = !step.outcome().equals("not_run");
        String tone = step.outcome().equals("decided") ? "hit" : asked ? "miss" : "off";
        return new Step(
                number,
                step.step(),
                Words.title(step.step()),
                Words.title(step.outcome()),
                tone,
                step.why(),
                asked ? took(step.micros()) : null);
    }

    private static String decision(RoutingTrace trace) {
        if (trace.skipped() != null) {
            return "Not routed: " + trace.skipped();
        }
        return trace.target() == null
                ? "Left to people: no step found who could do it"
                : Words.title(trace.decidedBy()) + " sends it to";
    }

    /** A rule is named by its namespace, which may have several segments, and its name, which has one. */
    private static String ruleLink(String path) {
        int slash = path.lastIndexOf('/');
        return Address.of("config.xhtml")
                        .with("topic", Topic.ROUTING_RULE.wireName())
                        .with("namespace", path.substring(0, slash))
                        .with("name", path.substring(slash + 1))
                + "#rule";
    }

    private static String took(long micros) {
        return micros < MILLI ? micros + " µs" : String.format(Locale.ROOT, "%.1f ms", (double) micros / MILLI);
    }
}
