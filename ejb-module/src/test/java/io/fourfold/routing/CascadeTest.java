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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CascadeTest {

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private final Cascade cascade = new Cascade(() -> configs.current().routingRules(), entry -> Facts.NONE);

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
        assertThat(Cascade.skipped(entry(thread, actor, act, body)).orElse(null))
                .isEqualTo(why);
    }

    @Test
    void anExplicitTargetGoesBeforeEveryRule() {
        rule("{'topic':'routing_rule','name':'all','expression':'true','target':'did:fourfold:workflow:rule'}");
        assertThat(cascade.route(intent("{\"to\":\"did:fourfold:workflow:named\"}")))
                .contains(new Cascade.Route(new Did("did:fourfold:workflow:named"), "explicit_target", null));
        assertThat(cascade.route(intent("{}")))
                .contains(new Cascade.Route(new Did("did:fourfold:workflow:rule"), "routing_rule", "default/all"));
    }

    @Test
    void aRuleIsNotAskedOnceATargetDecided() {
        Cascade strict = new Cascade(
                () -> {
                    throw new AssertionError("the rules were asked");
                },
                entry -> Facts.NONE);
        assertThat(strict.route(intent("{\"to\":\"did:fourfold:workflow:named\"}")))
                .isPresent();
    }

    @Test
    void aTargetThatIsNoDidIsLeftToTheRules() {
        assertThat(cascade.route(intent("{\"to\":\"nobody\"}"))).isEmpty();
        rule("{'topic':'routing_rule','name':'all','expression':'true','target':'did:fourfold:workflow:rule'}");
        assertThat(cascade.route(intent("{\"to\":\"nobody\"}"))).isPresent();
    }

    @Test
    void theRuleOfTheHighestPriorityThatHoldsDecides() {
        rule("{'topic':'routing_rule','name':'low','expression':'true','target':'did:x:low'}");
        rule("{'topic':'routing_rule','name':'never','expression':'false','target':'did:x:never','priority':9}");
        rule("{'topic':'routing_rule','name':'high','expression':'true','target':'did:x:high','priority':5}");
        assertThat(cascade.route(intent("{}")))
                .get()
                .extracting(Cascade.Route::target)
                .isEqualTo(new Did("did:x:high"));
    }

    @Test
    void aRuleSeesTheWholeRecord() {
        String all = "record.act == `INTEND` && record.actor.endsWith(`:alice`) && record.thread == `th_work`"
                + " && record.namespace == `acme` && record.body.n > 2 && record.body.n < 4 && record.body.list.size() == 2"
                + " && has(record.body.deep.er)";
        rule("{'topic':'routing_rule','name':'all','target':'did:x:y','expression':'" + all.replace("`", "\\'") + "'}");
        assertThat(configs.current().refused()).isEmpty();
        assertThat(cascade.route(intent("{\"n\":3,\"list\":[1,2],\"deep\":{\"er\":null}}")))
                .isPresent();
        assertThat(cascade.route(intent("{\"n\":4,\"list\":[1,2],\"deep\":{\"er\":null}}")))
                .isEmpty();
    }
}
