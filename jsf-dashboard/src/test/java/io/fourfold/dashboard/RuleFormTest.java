package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Did;
import io.fourfold.log.Json;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleFormTest {

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private final ConfigDesk desk = new ConfigDesk(configs, log);

    private RuleForm.Verdict checked(RuleForm form) {
        Topic<?> topic = Topic.of(form.topic()).orElseThrow();
        return form.checked(fields -> desk.refusal(topic, fields), written -> Optional.empty())
                .verdict();
    }

    private RuleForm rule(String expression, String rest) {
        return new RuleForm("routing_rule", "a", "", expression, rest, null);
    }

    @Test
    void theExampleOfEachTopicWouldBeTaken() {
        for (Topic<?> topic : Topic.IN_ORDER) {
            RuleForm.Verdict verdict = checked(RuleForm.blank(topic));
            assertThat(verdict.good()).as(topic.wireName() + ": " + verdict).isTrue();
        }
    }

    @Test
    void whatIsValidIsWhatWouldBeWritten() {
        RuleForm.Verdict verdict = checked(rule("true", "{\"target\":\"did:x:y\"}"));
        assertThat(verdict.body()).isEqualTo("{\"target\":\"did:x:y\",\"name\":\"a\",\"expression\":\"true\"}");
        assertThat(log.head()).isZero();
    }

    @Test
    void aBrokenExpressionIsShownWithItsPlace() {
        RuleForm.Verdict verdict = checked(rule("true &&\n  nobody", "{\"target\":\"did:x:y\"}"));
        assertThat(verdict.field()).isEqualTo("expression");
        assertThat(verdict.text()).contains("line 2, column 3");
        assertThat(verdict.caret()).isEqualTo("true &&\n  nobody\n  ^");
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void anyOtherFaultNamesItsField() {
        assertThat(checked(rule("true", "{\"target\":\"x\"}")).field()).isEqualTo("target");
        assertThat(checked(rule("true", "{\"target\":\"did:x:y\",\"also\":1}")).field())
                .isEqualTo("also");
        assertThat(checked(rule("true", "{\"expression\":\"x\"}")).field()).isEqualTo("expression");
        assertThat(checked(rule("true", "{")).field()).isEqualTo("other fields");
        assertThat(checked(rule("true", "[]")).field()).isEqualTo("other fields");
    }

    @Test
    void whatIsInForceFillsTheFormAndIsTakenAgain() {
        var fields = Json.parse(
                checked(rule("true", "{\"target\":\"did:x:y\",\"priority\":3}")).body());
        desk.add(Topic.ROUTING_RULE, fields.tree(), new Did("did:a:b"), append -> log.append(List.of(append))
                .getFirst());
        configs.catchUp();
        Declared<?> inForce = configs.current()
                .find(new Identity("routing_rule", "default", "a"))
                .orElseThrow();
        RuleForm form = RuleForm.of(inForce.body().tree());
        assertThat(form.expression()).isEqualTo("true");
        assertThat(form.rest()).isEqualTo("{\n  \"priority\": 3,\n  \"target\": \"did:x:y\"\n}");
        assertThat(Json.parse(checked(form).body())).isEqualTo(fields);
    }
}
