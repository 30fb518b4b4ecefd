package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Wire;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.routing.RoutingTrace.Considered;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final RoutingTrace BY_RULE = new RoutingTrace(
            "ab",
            null,
            "routing_rule",
            "did:fourfold:workflow:hello",
            "acme/web/greetings",
            null,
            "dsp-1",
            7,
            List.of(
                    new Considered("explicit_target", "missed", "the body has no to", 3),
                    new Considered("routing_rule", "decided", "acme/web/greetings holds", 1_500),
                    new Considered("default", "not_run", "decided before", 0)));

    @Test
    void eachStepSaysWhatItSaidAndHowLongItTook() {
        assertThat(Trace.of(BY_RULE).steps())
                .extracting(Trace.Step::tone, Trace.Step::text, Trace.Step::took)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("miss", "Explicit target", "3 µs"),
                        org.assertj.core.groups.Tuple.tuple("hit", "Routing rule", "1.5 ms"),
                        org.assertj.core.groups.Tuple.tuple("off", "Default", null));
        assertThat(Trace.of(BY_RULE).took()).isEqualTo("1.5 ms");
    }

    @Test
    void theRuleIsALinkWhateverItsNamespace() {
        assertThat(Trace.of(BY_RULE).ruleLink())
                .isEqualTo("config.xhtml?topic=routing_rule&namespace=acme%2Fweb&name=greetings#rule");
    }

    @Test
    void aStoredTraceIsDrawnLikeAFreshOne() {
        String stored = Wire.MAPPER.valueToTree(BY_RULE).toString();
        assertThat(Trace.of(stored)).isEqualTo(Trace.of(BY_RULE));
    }

    @Test
    void whatIsNotRoutedSaysWhy() {
        Trace trace = Trace.of(new RoutingTrace("ab", "handled already", null, null, null, null, null, 0, List.of()));
        assertThat(trace.decision()).isEqualTo("Not routed: handled already");
        assertThat(trace.steps()).isEmpty();
    }
}
