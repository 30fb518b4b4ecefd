package io.fourfold.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDeskTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");
    private static final Identity A = new Identity("routing_rule", "default", "a");

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private final ConfigDesk desk = new ConfigDesk(configs, log);

    private Receipt append(Append append) {
        Receipt receipt = log.append(List.of(append)).getFirst();
        configs.catchUp();
        return receipt;
    }

    private static JsonNode fields(String changes) {
        return Bodies.with(Topic.ROUTING_RULE, changes).without("topic");
    }

    private ConfigDesk.Outcome add(String changes) {
        return desk.add(Topic.ROUTING_RULE, fields(changes), ALICE, this::append);
    }

    private static Refusal refused(ConfigDesk.Outcome outcome) {
        return ((ConfigDesk.Outcome.Refused) outcome).refusal();
    }

    @Test
    void whatIsAddedIsInForce() {
        assertThat(add("{}")).isInstanceOf(ConfigDesk.Outcome.Done.class);
        assertThat(configs.current().find(A)).isPresent();
    }

    @Test
    void whatWasShownMayBeAddedAgainAsItIs() {
        add("{}");
        JsonNode shown = configs.current().find(A).orElseThrow().body().tree();
        assertThat(desk.add(Topic.ROUTING_RULE, shown, ALICE, this::append))
                .isInstanceOf(ConfigDesk.Outcome.Done.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'target':'bob'}                   | target
            {'expression':'record.act =='}     | expression
            {'colour':'red'}                   | colour
            {'removed':true}                   | removed
            {'topic':'trigger'}                | topic
            """)
    void whatIsNotValidIsRefusedBeforeItIsWritten(String changes, String field) {
        JsonNode given = Bodies.with(Topic.ROUTING_RULE, changes);
        Refusal refusal = refused(desk.add(Topic.ROUTING_RULE, given, ALICE, this::append));

        assertThat(refusal.code()).isEqualTo(Code.INVALID_INPUT);
        assertThat(refusal.details()).containsEntry("field", field);
        assertThat(refusal.message()).startsWith(field + ": ");
        assertThat(log.head()).isZero();
    }

    @Test
    void anExpressionThatDoesNotCompileComesWithItsPlace() {
        assertThat(refused(add("{'expression':'record.act == nobody'}")).details())
                .containsEntry("line", 1)
                .containsEntry("column", 15);
    }

    @Test
    void theLimitOfATopicHoldsAtTheDeskToo() {
        for (int i = 0; i < Topic.BODY_KIND.max(); i++) {
            JsonNode body =
                    Bodies.with(Topic.BODY_KIND, "{'name':'k" + i + "'}").without("topic");
            assertThat(desk.add(Topic.BODY_KIND, body, ALICE, this::append))
                    .isInstanceOf(ConfigDesk.Outcome.Done.class);
        }
        JsonNode one = Bodies.with(Topic.BODY_KIND, "{'name':'more'}").without("topic");
        assertThat(refused(desk.add(Topic.BODY_KIND, one, ALICE, this::append)).message())
                .startsWith("name: expected at most 32");
    }

    @Test
    void whatIsRemovedIsGoneAndCannotBeRemovedAgain() {
        add("{'namespace':'acme'}");
        Identity there = new Identity("routing_rule", "acme", "a");
        assertThat(refused(desk.remove(A, ALICE, this::append)).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(desk.remove(there, ALICE, this::append)).isInstanceOf(ConfigDesk.Outcome.Done.class);
        assertThat(configs.current().routingRules()).isEmpty();
        assertThat(refused(desk.remove(there, ALICE, this::append)).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aRefusedRecordCanBeRemovedFromTheList() {
        Json broken = Json.of(Bodies.with(Topic.ROUTING_RULE, "{'target':'bob'}"));
        append(Append.of(Draft.of(EngineConfig.THREAD, ALICE, Act.LEARN, broken)));
        assertThat(configs.current().refused()).hasSize(1);
        assertThat(desk.remove(A, ALICE, this::append)).isInstanceOf(ConfigDesk.Outcome.Done.class);
        assertThat(configs.current().refused()).isEmpty();
    }

    @Test
    void theHistoryHasEveryRecordOfTheRuleTheNewestFirst() {
        add("{'priority':1}");
        add("{'name':'b'}");
        add("{'priority':2}");
        Json broken = Json.of(Bodies.with(Topic.ROUTING_RULE, "{'target':'bob'}"));
        append(Append.of(Draft.of(EngineConfig.THREAD, new Did("did:fourfold:user:bob"), Act.LEARN, broken)));

        List<ConfigDesk.Past> history = desk.history(A);
        assertThat(history).extracting(past -> past.entry().position()).containsExactly(4L, 3L, 1L);
        assertThat(history).extracting(ConfigDesk.Past::inForce).containsExactly(false, true, false);
        assertThat(history.getFirst().reason()).startsWith("target: expected did:");
        assertThat(history.getFirst().entry().draft().actor().value()).endsWith("bob");
        desk.remove(A, ALICE, this::append);
        assertThat(desk.history(A)).hasSize(4).noneMatch(ConfigDesk.Past::inForce);
        assertThat(desk.history(new Identity("routing_rule", "acme", "a"))).isEmpty();
    }

    @Test
    void theHistoryIsBounded() {
        for (int i = 0; i <= ConfigDesk.HISTORY_MAX; i++) {
            add("{'priority':" + i + "}");
        }
        assertThat(desk.history(A)).hasSize(ConfigDesk.HISTORY_MAX).first().satisfies(past -> assertThat(past.inForce())
                .isTrue());
    }
}
