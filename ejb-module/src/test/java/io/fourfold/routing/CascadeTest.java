package io.fourfold.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CascadeTest {

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private final Cascade cascade = new Cascade(() -> 0);
    private Function<Routable, Optional<Situation.Match>> patterns = record -> Optional.empty();
    private Function<String, Optional<Situation.Trusted>> trusted = domain -> Optional.empty();
    private boolean intelligence;

    private static Entry entry(String thread, String actor, Act act, String body) {
        Draft draft = Draft.of(new ThreadId(thread), new Did(actor), act, Json.parse(body))
                .withClock(0);
        return new Entry(1, 0, RecordHash.id(draft), draft, "acme", Instant.EPOCH);
    }

    private static Entry intent(String body) {
        return entry("th_work", "did:fourfold:user:alice", Act.INTEND, body);
    }

    private void rule(String json) {
        Json body = Json.parse(json.replace("\\'", "`").replace('\'', '"').replace('`', '\''));
        log.append(List.of(Append.of(Draft.of(EngineConfig.THREAD, new Did("did:a:b"), Act.LEARN, body))));
        configs.catchUp();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            th_work            | did:fourfold:user:alice    | INTEND | {}                         |
            th_work            | did:fourfold:user:alice    | KNOW   | {"to":"did:x:y"}           |
            th_work            | did:fourfold:user:alice    | KNOW   | {}                         | neither an intent nor addressed
            th_work            | did:fourfold:user:alice    | KNOW   | {"to":7}                   | neither an intent nor addressed
            th_work            | did:fourfold:system:tick   | INTEND | {"to":"did:x:y"}           | written by the system
            th_engine_config   | did:fourfold:user:alice    | INTEND | {}                         | on a reserved thread
            th_audit           | did:fourfold:user:alice    | INTEND | {}                         | on a reserved thread
            th_work            | did:fourfold:user:alice    | INTEND | {"dispatch_handled":true}  | handled already
            th_work            | did:fourfold:user:alice    | INTEND | {"dispatch_handled":false} |
            th_work            | did:fourfold:user:alice    | INTEND | {"fulfills":"x"}           | answers another record
            th_work            | did:fourfold:user:alice    | INTEND | {"cancels":null}           | answers another record
            """)
    void someRecordsAreNotRouted(String thread, String actor, Act act, String body, String why) {
        assertThat(Cascade.skipped(Routable.of(entry(thread, actor, act, body))).orElse(null))
                .isEqualTo(why);
    }

    private RoutingTrace route(Entry entry) {
        EngineConfig config = configs.current();
        Situation situation = new Situation(
                new RuleIndex(config.routingRules()),
                config.position(),
                record -> Facts.NONE,
                patterns,
                trusted,
                intelligence);
        return cascade.route(Routable.of(entry), situation, "dsp-1");
    }

    private static List<String> outcomes(RoutingTrace trace) {
        return trace.considered().stream()
                .map(step -> step.step() + " " + step.outcome())
                .toList();
    }

    private void everyStepWouldDecide() {
        patterns = record -> Optional.of(new Situation.Match("pat-1", Situation.Level.ADAPT, new Did("did:x:pattern")));
        rule("{'topic':'routing_rule','name':'all','expression':'true','target':'did:x:rule'}");
        trusted = domain -> Optional.of(new Situation.Trusted(new Did("did:x:trusted"), 0.9, 12));
        intelligence = true;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | explicit_target | did:x:named
            1 | pattern         | did:x:pattern
            2 | routing_rule    | did:x:rule
            3 | trust           | did:x:trusted
            4 | intelligence    | did:fourfold:system:intelligence
            5 | default         |
            """)
    void eachStepDecidesWhenTheEarlierOnesMissAndTheLaterOnesAreNotRun(int missing, String step, String target) {
        everyStepWouldDecide();
        String body = missing == 0 ? "{\"to\":\"did:x:named\"}" : "{}";
        patterns = missing > 1 ? record -> Optional.empty() : patterns;
        if (missing > 2) {
            rule("{'topic':'routing_rule','name':'all','removed':true}");
        }
        trusted = missing > 3 ? domain -> Optional.empty() : trusted;
        intelligence = missing <= 4;
        RoutingTrace trace = route(intent(body));
        assertThat(trace.decidedBy()).isEqualTo(step);
        assertThat(trace.target()).isEqualTo(target);
        assertThat(trace.isDispatched()).isEqualTo(target != null);
        List<String> steps = List.of("explicit_target", "pattern", "routing_rule", "trust", "intelligence", "default");
        assertThat(outcomes(trace))
                .containsExactlyElementsOf(IntStream.range(0, steps.size())
                        .mapToObj(
                                i -> steps.get(i) + (i < missing ? " missed" : i == missing ? " decided" : " not_run"))
                        .toList());
    }

    @Test
    void noStepIsAskedOnceAnEarlierOneDecided() {
        patterns = record -> {
            throw new AssertionError("the patterns were asked");
        };
        trusted = domain -> {
            throw new AssertionError("trust was asked");
        };
        assertThat(route(intent("{\"to\":\"did:x:named\"}")).decidedBy()).isEqualTo("explicit_target");
    }

    @Test
    void aPatternThatIsSettledIsReplayedByTheEngineItself() {
        patterns =
                record -> Optional.of(new Situation.Match("pat-1", Situation.Level.REPLAY, new Did("did:x:pattern")));
        RoutingTrace trace = route(intent("{}"));
        assertThat(trace.target()).isEqualTo(Cascade.REPLAY.value());
        assertThat(trace.pattern()).isEqualTo("pat-1");
    }

    @Test
    void aModelIsAskedOnlyForUsers() {
        intelligence = true;
        RoutingTrace trace = route(entry("th_work", "did:fourfold:agent:a", Act.INTEND, "{}"));
        assertThat(trace.decidedBy()).isEqualTo("default");
    }

    @Test
    void whatIsSkippedHasAReasonAndNoSteps() {
        RoutingTrace trace = route(entry("th_work", "did:fourfold:user:alice", Act.KNOW, "{}"));
        assertThat(trace.skipped()).isEqualTo("neither an intent nor addressed");
        assertThat(trace.considered()).isEmpty();
        assertThat(trace.isDispatched()).isFalse();
    }

    @Test
    void aTargetThatIsNoDidIsLeftToTheNextSteps() {
        assertThat(route(intent("{\"to\":\"nobody\"}")).decidedBy()).isEqualTo("default");
        rule("{'topic':'routing_rule','name':'all','expression':'true','target':'did:fourfold:workflow:rule'}");
        assertThat(route(intent("{\"to\":\"nobody\"}")).decidedBy()).isEqualTo("routing_rule");
    }

    @Test
    void nobodySendsARecordToTheEngineItself() {
        RoutingTrace trace = route(intent("{\"to\":\"did:fourfold:system:intelligence\"}"));
        assertThat(trace.decidedBy()).isEqualTo("default");
        assertThat(trace.considered().getFirst().why()).isEqualTo("to is the engine itself");
    }

    @Test
    void theRuleOfTheHighestPriorityThatHoldsDecides() {
        rule("{'topic':'routing_rule','name':'low','expression':'true','target':'did:x:low'}");
        rule("{'topic':'routing_rule','name':'never','expression':'false','target':'did:x:never','priority':9}");
        rule("{'topic':'routing_rule','name':'high','expression':'true','target':'did:x:high','priority':5}");
        RoutingTrace trace = route(intent("{}"));
        assertThat(trace.target()).isEqualTo("did:x:high");
        assertThat(trace.rule()).isEqualTo("default/high");
        assertThat(trace.position()).isEqualTo(3);
    }

    @Test
    void aRuleThatCannotBeEvaluatedIsCountedInTheTrace() {
        rule("{'topic':'routing_rule','name':'odd','expression':'record.body.nothing.there == 1','target':'did:x:y'}");
        assertThat(route(intent("{}")).considered().get(2).why())
                .isEqualTo("1 rules, none holds, 1 could not be evaluated");
    }

    @Test
    void aRuleThatNeedsAnotherTextIsNotAskedAndTheOrderStays() {
        for (int i = 0; i < 50; i++) {
            rule("{'topic':'routing_rule','name':'k" + i + "','target':'did:x:k" + i
                    + "','expression':'record.body.kind == \\'k" + i + "\\' && record.body.nothing == 1'}");
        }
        rule("{'topic':'routing_rule','name':'low','target':'did:x:low','expression':'true','priority':-1}");
        rule("{'topic':'routing_rule','name':'hit','target':'did:x:hit',"
                + "'expression':'record.act == \\'INTEND\\' && \\'k7\\' == record.body.kind'}");
        RoutingTrace trace = route(intent("{\"kind\":\"k7\"}"));
        assertThat(trace.target()).isEqualTo("did:x:hit");
        assertThat(route(intent("{\"kind\":\"other\"}")).target()).isEqualTo("did:x:low");
        assertThat(route(intent("{\"kind\":7}")).target()).isEqualTo("did:x:low");
    }

    @Test
    void aTextInAnAlternativeIsNotNecessary() {
        rule("{'topic':'routing_rule','name':'either','target':'did:x:either',"
                + "'expression':'record.body.kind == \\'a\\' || record.body.goal == \\'b\\''}");
        rule("{'topic':'routing_rule','name':'not','target':'did:x:not','priority':-1,"
                + "'expression':'!(record.body.kind == \\'a\\')'}");
        assertThat(route(intent("{\"goal\":\"b\"}")).target()).isEqualTo("did:x:either");
        assertThat(route(intent("{\"kind\":\"z\",\"goal\":\"y\"}")).target()).isEqualTo("did:x:not");
    }

    @Test
    void aRuleSeesTheWholeRecord() {
        String all = "record.act == `INTEND` && record.actor.endsWith(`:alice`) && record.thread == `th_work`"
                + " && record.namespace == `acme` && record.body.n > 2 && record.body.n < 4 && record.body.list.size() == 2"
                + " && has(record.body.deep.er)";
        rule("{'topic':'routing_rule','name':'all','target':'did:x:y','expression':'" + all.replace("`", "\\'") + "'}");
        assertThat(configs.current().refused()).isEmpty();
        assertThat(route(intent("{\"n\":3,\"list\":[1,2],\"deep\":{\"er\":null}}"))
                        .isDispatched())
                .isTrue();
        assertThat(route(intent("{\"n\":4,\"list\":[1,2],\"deep\":{\"er\":null}}"))
                        .isDispatched())
                .isFalse();
    }
}
