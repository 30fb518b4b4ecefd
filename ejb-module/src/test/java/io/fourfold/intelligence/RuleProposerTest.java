package io.fourfold.intelligence;

import static io.fourfold.decision.DecisionScene.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.decision.Decision;
import io.fourfold.decision.DecisionScene;
import io.fourfold.decision.Decisions;
import io.fourfold.decision.Verdict;
import io.fourfold.dispatch.Brief;
import io.fourfold.dispatch.Report;
import io.fourfold.dispatch.Result;
import io.fourfold.expression.Facts;
import io.fourfold.intelligence.Provider.Completion;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.routing.Cascade;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleProposerTest {

    private static final String GOOD = """
            {"name":"deployments","expression":"has(record.body.kind) && record.body.kind == 'deploy'",
             "target":"did:x:deployer","priority":0,"confidence":0.9,"rationale":"It deploys."}""";
    private static final EntryId INTENT = new EntryId("cd".repeat(32));

    private final DecisionScene scene = new DecisionScene();
    private final ScriptedProvider model = new ScriptedProvider("claude-haiku-4-5");
    private List<Surroundings.Target> targets =
            List.of(new Surroundings.Target(new Did("did:x:deployer"), "http deployer"));

    private RuleProposer proposer(Provider provider) {
        return new RuleProposer(
                provider,
                scene.configs::current,
                new Examination(scene.configDesk, scene.configs::current, scene.register, any -> Facts.NONE),
                scene.desk,
                record -> new Surroundings(targets, List.of("ship it")));
    }

    private Report propose(Provider provider, Entry record, String budget) {
        try {
            return proposer(provider)
                    .perform(new Brief(
                            "dsp-1",
                            record,
                            Cascade.INTELLIGENCE,
                            DecisionScene.WORK,
                            INTENT,
                            Duration.ofSeconds(600),
                            new BigDecimal(budget)));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Result result(Entry record) {
        return ((Report.Finished) propose(model, record, "1.00")).result();
    }

    private Entry deploy(int n) {
        return scene.intend("{'kind':'deploy','goal':'deploy','n':" + n + "}");
    }

    @Test
    void aProposalIsAskedAboutAndItsTokensAreCounted() {
        model.says(GOOD);
        Entry record = deploy(1);
        Result result = result(record);
        assertThat(result.success()).isTrue();
        assertThat(result.tokensIn()).isEqualTo(1_500);
        assertThat(result.tokensOut()).isEqualTo(100);
        assertThat(result.costUsd()).isEqualByComparingTo("0.00155");
        Decision decision = scene.register.now().open().getFirst();
        assertThat(decision.records()).containsExactly(record.id());
        assertThat(decision.confidence()).isEqualTo(0.9);
        assertThat(decision.rationale()).isEqualTo("It deploys.");
        assertThat(decision.question()).contains("did:x:deployer");
        assertThat(decision.request().draft().actor()).isEqualTo(Cascade.INTELLIGENCE);
        assertThat(decision.proposal().text("topic")).contains("routing_rule");
        assertThat(scene.rulesInForce()).isEmpty();
    }

    @Test
    void theModelIsToldOfTheRecordTheTargetsAndOthersThatWait() {
        model.says(GOOD);
        result(deploy(1));
        String told = model.asked.getFirst().turns().getFirst();
        assertThat(told).contains("\"kind\":\"deploy\"", "did:x:deployer", "http deployer", "ship it");
    }

    @Test
    void whatItIsToldIsBounded() {
        model.says(GOOD);
        String much = "x".repeat(200_000);
        targets = IntStream.range(0, 500)
                .mapToObj(n -> new Surroundings.Target(new Did("did:x:deployer" + (n == 0 ? "" : n)), much))
                .toList();
        result(scene.intend("{'kind':'deploy','goal':'" + much + "'}"));
        assertThat(model.asked.getFirst().turns().getFirst()).hasSizeLessThan(Briefing.CHARS_MAX);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            not JSON at all                  | one JSON object
            ```json {} ```                   | one JSON object
            []                               | one JSON object
            {} {}                            | one JSON object
            'colour':'red',                  | colour: expected one of name
            'topic':'adapter',               | topic: expected one of name
            'namespace':'acme',              | namespace: expected one of name
            'confidence':1.5,                | confidence: expected a number from 0 to 1
            'confidence':'high',             | confidence: expected a number from 0 to 1
            'rationale':' ',                 | rationale: expected text
            'name':'no spaces',              | name: expected 1 to 200
            'expression':'record.act ==',    | expression:
            'expression':'record.act == us', | expression:
            'expression':'false',            | expression: expected it to hold for the record
            'expression':'record.body.x==1', | expression: expected it to hold for the record
            'target':'bob',                  | target: expected did:
            'target':'did:x:unknown',        | target: expected one of did:x:deployer
            'priority':'high',               | priority: expected a whole number
            """)
    void aProposalThatCannotBeUsedIsToldSoAndMendedOnce(String answer, String fault) {
        String first = answer.startsWith("'") ? changed(answer) : answer;
        model.says(first).says(GOOD);
        Result result = result(deploy(1));
        assertThat(result.success()).isTrue();
        assertThat(result.tokensOut()).isEqualTo(200);
        List<String> second = model.asked.get(1).turns();
        assertThat(second).hasSize(3);
        assertThat(second.get(1)).isEqualTo(first);
        assertThat(second.get(2)).contains(fault.strip());
        assertThat(scene.register.now().open()).hasSize(1);
    }

    private static String changed(String field) {
        var good = (ObjectNode) Json.parse(GOOD).tree().deepCopy();
        json("{" + field.substring(0, field.length() - 1) + "}")
                .tree()
                .properties()
                .forEach(change -> good.set(change.getKey(), change.getValue()));
        return good.toString();
    }

    @Test
    void aSecondOneThatCannotBeUsedFailsWithTheReasonAndTheCost() {
        model.says("{}").says("{\"confidence\":7}");
        Result result = result(deploy(1));
        assertThat(result.success()).isFalse();
        assertThat(result.failureReason()).contains("confidence: expected a number from 0 to 1, but was 7");
        assertThat(result.costUsd()).isEqualByComparingTo("0.0031");
        assertThat(scene.thread(Decisions.THREAD)).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsRefusedInForceOrProposed() {
        scene.configure("{'topic':'routing_rule','name':'deployments','expression':'false','target':'did:x:y'}");
        model.says(GOOD).says(GOOD.replace("deployments", "more"));
        assertThat(result(deploy(1)).success()).isTrue();
        assertThat(model.asked.get(1).turns().get(2)).contains("name: expected a new name");
        Entry other = scene.intend("{'kind':'other'}");
        String about = GOOD.replace("deployments", "more").replace("== 'deploy'", "== 'other'");
        model.says(about).says(about);
        assertThat(result(other).failureReason()).contains("name: expected a new name");
    }

    @Test
    void aRecordThatAnOpenProposalCoversWaitsForItAndCostsNothing() {
        model.says(GOOD);
        result(deploy(1));
        Entry second = deploy(2);
        Result result = result(second);
        assertThat(result.success()).isTrue();
        assertThat(result.costUsd()).isZero();
        assertThat(model.asked).hasSize(1);
        assertThat(scene.register.now().open()).singleElement().satisfies(open -> assertThat(open.records())
                .contains(second.id()));
    }

    @Test
    void begunAgainAfterACrashItFindsWhatItAsked() {
        model.says(GOOD);
        Entry record = deploy(1);
        result(record);
        scene.decide(scene.register.now().open().getFirst(), new Verdict.Reject(null));
        assertThat(result(record).success()).isTrue();
        assertThat(model.asked).hasSize(1);
        assertThat(scene.thread(Decisions.THREAD))
                .filteredOn(entry -> entry.body().text("awaits").isPresent())
                .hasSize(1);
    }

    @Test
    void aRecordThatARuleRoutesByNowIsNotAskedAbout() {
        Entry record = deploy(1);
        scene.configure("{'topic':'routing_rule','name':'late','expression':'true','target':'did:x:y'}");
        assertThat(result(record).success()).isTrue();
        assertThat(scene.thread(Decisions.THREAD)).isEmpty();
        assertThat(model.asked).isEmpty();
    }

    @Test
    void theRuleIsInTheNamespaceOfItsRecord() {
        model.says(GOOD);
        result(scene.intend("{'kind':'deploy','namespace':'acme'}"));
        Decision decision = scene.register.now().open().getFirst();
        assertThat(decision.namespace()).isEqualTo("acme");
        scene.decide(decision, new Verdict.Approve(null, null));
        assertThat(scene.rulesInForce()).containsExactly("acme/deployments -> did:x:deployer");
    }

    @Test
    void faultsOfTheProviderArePassedOnButMoneySpentIsNeverLost() {
        model.comesTo(new Completion.Transient("429"));
        assertThat(propose(model, deploy(1), "1.00")).isEqualTo(new Report.Transient("429"));
        model.comesTo(new Completion.Final("401"));
        assertThat(result(deploy(2)).failureReason()).isEqualTo("401");
        model.says("junk").comesTo(new Completion.Transient("503"));
        Result result = result(deploy(3));
        assertThat(result.failureReason()).isEqualTo("503");
        assertThat(result.costUsd()).isPositive();
    }

    @Test
    void theSecondCallIsNotMadeBeyondTheBudget() {
        model.says("junk");
        Result result = ((Report.Finished) propose(model, deploy(1), "0.001")).result();
        assertThat(result.success()).isFalse();
        assertThat(model.asked).hasSize(1);
    }

    @Test
    void aModelWithoutAPriceIsNotAskedUntilTheConfigurationNamesOne() {
        ScriptedProvider odd = new ScriptedProvider("house-model").says(GOOD);
        Report without = propose(odd, deploy(1), "1.00");
        assertThat(((Report.Finished) without).result().failureReason()).contains("house-model", "model_price");
        assertThat(odd.asked).isEmpty();
        scene.configure("""
                {'topic':'model_price','name':'house','model':'house-*','input':'1','output':'2','cache_write':0,
                 'cache_read':0}""");
        assertThat(((Report.Finished) propose(odd, deploy(1), "1.00")).result().costUsd())
                .isEqualByComparingTo("0.0012");
    }

    @Test
    void withNobodyToRouteToTheModelIsNotAsked() {
        targets = List.of();
        assertThat(result(deploy(1)).failureReason()).contains("neither an adapter nor a workflow");
        assertThat(model.asked).isEmpty();
    }
}
