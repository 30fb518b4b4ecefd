package io.fourfold.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.expression.Expressions;
import io.fourfold.kit.Entries;
import io.fourfold.log.Act;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingRulesTest {

    private final Entries entries = new Entries();
    private final Expressions expressions = new Expressions();
    private RoutingRules rules = RoutingRules.NONE;

    private void learn(String json) {
        rules = rules.fold(entries.add(RoutingRules.THREAD, Act.LEARN, Json.parse(json)), expressions);
    }

    private static String rule(String name, String more) {
        return "{\"topic\":\"routing_rule\",\"name\":\"" + name + "\",\"expression\":\"true\",\"target\":\"did:x:y\""
                + more + "}";
    }

    @Test
    void theLatestRecordOfANameIsInForce() {
        learn(rule("a", ",\"priority\":1"));
        learn(rule("a", ",\"priority\":2"));
        assertThat(rules.inOrder())
                .singleElement()
                .extracting(RoutingRules.Rule::priority)
                .isEqualTo(2L);
    }

    @Test
    void higherPriorityComesFirstThenTheOlder() {
        learn(rule("second", ""));
        learn(rule("third", ""));
        learn(rule("first", ",\"priority\":1"));
        learn(rule("last", ",\"priority\":-1"));
        assertThat(rules.inOrder())
                .extracting(RoutingRules.Rule::name)
                .containsExactly("default/first", "default/second", "default/third", "default/last");
    }

    @Test
    void aRuleThatIsNotEnabledIsGone() {
        learn(rule("a", ""));
        learn(rule("a", ",\"enabled\":false"));
        assertThat(rules.inOrder()).isEmpty();
        assertThat(rules.refused()).isEmpty();
    }

    @Test
    void theSameNameInAnotherNamespaceIsAnotherRule() {
        learn(rule("a", ""));
        learn(rule("a", ",\"namespace\":\"acme\""));
        assertThat(rules.byName()).containsOnlyKeys("default/a", "acme/a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"topic":"routing_rule","expression":"true","target":"did:x:y"}                           | name: expected text
            {"topic":"routing_rule","name":"a","target":"did:x:y"}                                    | expression: expected text
            {"topic":"routing_rule","name":"a","expression":" ","target":"did:x:y"}                   | expression: expected text
            {"topic":"routing_rule","name":"a","expression":"true"}                                   | target: expected text
            {"topic":"routing_rule","name":"a","expression":"true","target":"bob"}                    | target: expected did:
            {"topic":"routing_rule","name":"a","expression":"true","target":"did:x:y","priority":1.5} | priority: expected a whole
            {"topic":"routing_rule","name":"a","expression":"1 + 1","target":"did:x:y"}               | expected type 'bool'
            {"topic":"routing_rule","name":"a","expression":"nobody.x","target":"did:x:y"}            | undeclared reference
            """)
    void aBrokenRuleIsListedWithWhatWasExpectedAndTheOneBeforeStays(String json, String reason) {
        learn(rule("a", ""));
        learn(json);
        assertThat(rules.inOrder()).hasSize(1);
        assertThat(rules.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).contains(reason);
            assertThat(refused.record()).isEqualTo(entries.all().getLast().id().hex());
        });
    }

    @Test
    void othersRecordsAreNoRules() {
        Json body = Json.parse(rule("a", ""));
        assertThat(rules.fold(entries.add(new ThreadId("th_work"), Act.LEARN, body), expressions))
                .isSameAs(rules);
        assertThat(rules.fold(entries.add(RoutingRules.THREAD, Act.KNOW, body), expressions))
                .isSameAs(rules);
        assertThat(rules.fold(
                        entries.add(RoutingRules.THREAD, Act.LEARN, Json.parse("{\"topic\":\"other\"}")), expressions))
                .isSameAs(rules);
    }
}
