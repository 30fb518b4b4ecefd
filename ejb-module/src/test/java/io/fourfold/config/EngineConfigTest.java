package io.fourfold.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Entries;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineConfigTest {

    private static final Expressions EXPRESSIONS = new Expressions();

    private final Entries entries = new Entries();
    private EngineConfig config = EngineConfig.EMPTY;

    private Entry learn(JsonNode body) {
        return add(entries.add(EngineConfig.THREAD, Act.LEARN, Json.of(body)));
    }

    private Entry add(Entry entry) {
        ConfigFold fold = new ConfigFold(config, EXPRESSIONS);
        fold.add(entry);
        config = fold.snapshot();
        return entry;
    }

    private Entry rule(String changes) {
        return learn(Bodies.with(Topic.ROUTING_RULE, changes));
    }

    static Stream<Topic<?>> topics() {
        return Topic.IN_ORDER.stream();
    }

    @Test
    void everyTopicHasItsRow() {
        assertThat(Topic.wireNames())
                .containsExactly(
                        "routing_rule",
                        "trigger",
                        "fold_rule",
                        "health_check",
                        "permission_rule",
                        "permissions_enabled",
                        "auth_required",
                        "decision_rule",
                        "adapter",
                        "cron_job",
                        "engine_limits",
                        "drift_detection",
                        "stall_window",
                        "model_price",
                        "body_kind",
                        "package_registry",
                        "retention");
        assertThat(Bodies.VALID.keySet()).containsExactlyInAnyOrderElementsOf(Topic.IN_ORDER);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aValidRecordIsInForceUntilItIsNotEnabledOrRemoved(Topic<?> topic) {
        for (String end : List.of("{'enabled':false}", "{'removed':true}")) {
            Entry entry = learn(Bodies.with(topic, "{}"));
            assertThat(config.refused()).isEmpty();
            assertThat(config.of(topic)).singleElement().satisfies(declared -> {
                assertThat(declared.record()).isEqualTo(entry.id());
                assertThat(declared.body()).isEqualTo(entry.body());
            });
            JsonNode identity =
                    Bodies.with(topic, end).retain("topic", "name", end.contains("enabled") ? "enabled" : "removed");
            learn(identity);
            assertThat(config.of(topic)).isEmpty();
            assertThat(config.refused()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/config/refusals.txt", delimiter = '|', quoteCharacter = '`')
    void aRecordThatIsNotValidIsRefusedWithItsFieldAndWhatWasThereStays(String topic, String changes, String reason) {
        Topic<?> row = Topic.of(topic).orElseThrow();
        Entry valid = learn(Bodies.with(row, "{}"));
        Entry broken = learn(Bodies.with(row, changes));

        assertThat(config.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).contains(reason);
            assertThat(refused.record()).isEqualTo(broken.id());
        });
        assertThat(config.of(row)).singleElement().satisfies(declared -> assertThat(declared.record())
                .isEqualTo(valid.id()));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aFieldNobodyKnowsIsRefusedNamingThoseThatAre(Topic<?> topic) {
        learn(Bodies.with(topic, "{'colour':'red'}"));

        assertThat(config.of(topic)).isEmpty();
        assertThat(config.refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .startsWith("colour: expected one of topic, name, namespace, enabled, removed"));
    }

    @Test
    void theLatestValidRecordOfANameIsInForce() {
        rule("{'priority':1}");
        rule("{'priority':2}");
        rule("{'priority':'high'}");
        assertThat(config.routingRules())
                .singleElement()
                .extracting(declared -> declared.value().priority())
                .isEqualTo(2L);
    }

    @Test
    void aRefusalIsListedUntilALaterRecordOfTheSameNameIsValid() {
        rule("{'target':'bob'}");
        rule("{'target':'bob','name':'b'}");
        rule("{'target':'alice'}");
        assertThat(config.refused()).extracting(r -> r.identity().name()).containsExactly("a", "b", "a");
        rule("{}");
        assertThat(config.refused()).extracting(r -> r.identity().name()).containsExactly("b");
        learn(Bodies.parse("{'topic':'routing_rule','name':'b','removed':true}"));
        assertThat(config.refused()).isEmpty();
    }

    @Test
    void aTopicNobodyKnowsIsRefusedUntilItIsRemoved() {
        learn(Bodies.parse("{'topic':'routing_rul','name':'a'}"));
        learn(Bodies.parse("{'name':'a'}"));
        assertThat(config.refused())
                .extracting(RefusedRecord::reason)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("topic: expected one of routing_rule, trigger,"),
                        second -> assertThat(second).isEqualTo("topic: expected text, but it is missing"));
        learn(Bodies.parse("{'topic':'routing_rul','name':'a','removed':true}"));
        learn(Bodies.parse("{'name':'a','removed':true}"));
        assertThat(config.refused()).isEmpty();
    }

    @Test
    void theSameNameInAnotherNamespaceOrTopicIsAnother() {
        rule("{}");
        rule("{'namespace':'acme'}");
        learn(Bodies.with(Topic.FOLD_RULE, "{}"));
        assertThat(config.routingRules())
                .extracting(declared -> declared.identity().path())
                .containsExactly("default/a", "acme/a");
        assertThat(config.foldRules()).hasSize(1);
    }

    @Test
    void higherPriorityComesFirstThenTheOlder() {
        rule("{'name':'second','priority':0}");
        rule("{'name':'third','priority':null}");
        rule("{'name':'first','priority':1}");
        rule("{'name':'last','priority':-1}");
        assertThat(config.routingRules())
                .extracting(Declared::name)
                .containsExactly("first", "second", "third", "last");
    }

    @Test
    void thereIsNoMoreThanTheLimit() {
        for (int i = 0; i <= Topic.BODY_KIND.max(); i++) {
            learn(Bodies.with(Topic.BODY_KIND, "{'name':'k" + i + "'}"));
        }
        assertThat(config.bodyKinds()).hasSize(Topic.BODY_KIND.max());
        assertThat(config.refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .isEqualTo("name: expected at most 32 of body_kind in force, but this is another"));
        learn(Bodies.with(Topic.BODY_KIND, "{'name':'k0','kind':'other'}"));
        assertThat(config.refused()).hasSize(1);
    }

    @Test
    void theListOfTheRefusedIsBounded() {
        ConfigFold fold = new ConfigFold(config, EXPRESSIONS);
        for (int i = 0; i <= ConfigFold.REFUSED_MAX; i++) {
            fold.add(entries.add(
                    EngineConfig.THREAD, Act.LEARN, Json.of(Bodies.parse("{'topic':'x','name':'n" + i + "'}"))));
        }
        assertThat(fold.snapshot().refused()).hasSize(ConfigFold.REFUSED_MAX);
        assertThat(fold.snapshot().refused().getFirst().identity().name()).isEqualTo("n1");
    }

    @Test
    void othersRecordsAreNoConfiguration() {
        Json body = Json.of(Bodies.with(Topic.ROUTING_RULE, "{}"));
        add(entries.add(new ThreadId("th_work"), Act.LEARN, body));
        add(entries.add(EngineConfig.THREAD, Act.KNOW, body));
        assertThat(config.routingRules()).isEmpty();
        assertThat(config.refused()).isEmpty();
        assertThat(config.position()).isEqualTo(2);
    }

    @Test
    void whatNobodyTunesHasTheFiguresOfTheSpecification() {
        assertThat(config.limits()).isEqualTo(EngineLimits.DEFAULT);
        assertThat(config.permissionsEnabled()).isFalse();
        learn(Bodies.parse("{'topic':'engine_limits'}"));
        learn(Bodies.parse("{'topic':'drift_detection'}"));
        learn(Bodies.parse("{'topic':'retention'}"));
        learn(Bodies.parse("{'topic':'permissions_enabled','enabled':true}"));
        assertThat(config.refused()).isEmpty();
        assertThat(config.limits()).isEqualTo(EngineLimits.DEFAULT);
        assertThat(config.driftDetection()).isEqualTo(DriftDetection.DEFAULT);
        assertThat(config.retention()).isEqualTo(Retained.DEFAULT);
        assertThat(config.permissionsEnabled()).isTrue();
    }

    @Test
    void theNearestNamespaceSaysHowLongAnIntentMayBeIdle() {
        assertThat(config.stallWindow("acme")).isEmpty();
        learn(Bodies.parse("{'topic':'stall_window','hours':1}"));
        learn(Bodies.parse("{'topic':'stall_window','hours':2,'namespace':'acme'}"));
        learn(Bodies.parse("{'topic':'stall_window','hours':3,'namespace':'acme/shop'}"));
        assertThat(Stream.of("default", "other", "acme", "acme/x", "acme/shop/prod")
                        .map(namespace -> config.stallWindow(namespace)
                                .orElseThrow()
                                .window()
                                .toHours()))
                .containsExactly(1L, 1L, 2L, 2L, 3L);
    }

    @Test
    void aTriggerIsReadWithItsLimitsAndTheOnesOfItsSource() {
        learn(Bodies.with(Topic.TRIGGER, "{}"));
        Trigger trigger = config.triggers().getFirst().value();
        assertThat(trigger.occasion()).isEqualTo(new Trigger.Occasion.Github("push", "acme/*"));
        assertThat(trigger.goal()).isEqualTo(new Trigger.Goal.Workflow("fix"));
        assertThat(trigger.inputs()).containsEntry("pr", "pull_request.number");
        assertThat(trigger.conditions()).singleElement().satisfies(condition -> assertThat(condition.values())
                .hasSize(3));
        assertThat(trigger.limits().cooldownSeconds()).isEqualTo(5);
        assertThat(trigger.limits().budgetTotalUsd()).isEqualByComparingTo("50.5");
        assertThat(trigger.limits().dailyLimit()).isEqualTo(20);
        learn(Bodies.parse("{'topic':'trigger','name':'a','source':'schedule','schedule':'0 2 * * *',"
                + "'zone':'Europe/Berlin','target':'did:x:y'}"));
        assertThat(config.triggers().getFirst().value().limits().cooldownSeconds())
                .isEqualTo(60);
        assertThat(config.triggers().getFirst().value().goal()).isEqualTo(new Trigger.Goal.Target(new Did("did:x:y")));
    }

    @Test
    void ofSeveralAdaptersOfAnActorTheLatestCounts() {
        learn(Bodies.with(Topic.ADAPTER, "{'name':'z'}"));
        learn(Bodies.with(Topic.ADAPTER, "{'family':'command','url':null,'command':['run','it'],'max_concurrent':2}"));
        AdapterEntry adapter = config.adapter(new Did("did:x:bot")).orElseThrow();
        assertThat(adapter.way()).isEqualTo(new AdapterEntry.Way.Command(List.of("run", "it")));
        assertThat(adapter.maxConcurrent()).isEqualTo(2);
        assertThat(adapter.timeoutSeconds()).isEqualTo(600);
    }

    /** Whatever lands in the log is taken or refused: a fold that threw would stop the server for good. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingThatLandsStopsTheFold(long seed) {
        Random random = new Random(seed);
        String[] values = {
            "null",
            "7",
            "-1",
            "1e30",
            "0.1",
            "''",
            "' '",
            "'x'",
            "[]",
            "[[]]",
            "{}",
            "true",
            "'* * * * *'",
            "{'a':{'b':[1]}}",
            "'" + "x".repeat(5_000) + "'",
            "9007199254740991",
            "'-'",
            "'did:a:b'",
            "['body.a']"
        };
        for (int i = 0; i < 600; i++) {
            Topic<?> topic = Topic.IN_ORDER.get(random.nextInt(Topic.IN_ORDER.size()));
            var body = Bodies.with(topic, "{}");
            List<String> names = new java.util.ArrayList<>();
            body.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            String value = values[random.nextInt(values.length)];
            body.set(name, Bodies.parse("{'v':" + value + "}").get("v"));
            Entry entry = entries.add(EngineConfig.THREAD, Act.LEARN, Json.of(body));
            assertThat(add(entry)).as("seed %d, step %d: %s", seed, i, body).isSameAs(entry);
        }
        assertThat(config.refused()).as("seed " + seed).isNotEmpty();
    }
}
