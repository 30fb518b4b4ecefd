package io.fourfold.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.expression.Facts;
import io.fourfold.log.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockOutTest {

    private static String rule(EngineConfig wanted) {
        Optional<Refusal> refusal = LockOut.refusal(Rules.ALICE, wanted, Facts.NONE);
        refusal.ifPresent(why -> assertThat(why.code()).isEqualTo(Refusal.Code.LOCKED_OUT));
        return refusal.map(why -> why.details().get("rule").toString()).orElse("open");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a allow 0 true                                           | b deny -1 true                               | open
            a allow 0 record.actor == "did:fourfold:user:alice"      | b deny -1 true                               | open
            a allow 0 record.actor == "did:fourfold:user:bob"        | b deny -1 false                              | none
            a allow 0 record.actor == "did:fourfold:user:bob"        | b deny -1 true                               | default/b
            a allow 0 resource.kind == "record"                      | b deny -1 false                              | none
            a allow 0 resource.kind == "config"                      | b deny -1 false                              | none
            a allow 0 resource.kind in ["config", "record"]          | b deny -1 true                               | open
            a allow 0 true | b deny 1 resource.kind == "record" && record.body.topic == "permission_rule"           | default/b
            a allow 0 true | b deny 1 resource.kind == "record" && has(record.body.enabled)                         | default/b
            a allow 0 true | b deny 1 resource.kind == "config" && resource.id.startsWith("permissions_enabled")    | default/b
            a allow 0 true | b deny 1 trust(record.actor, "general") < 0.5                                          | default/b
            """)
    void whoCouldNotTakeItBackIsRefusedWithTheRuleAtFault(String one, String two, String expected) {
        assertThat(rule(Rules.of(true, one, two))).isEqualTo(expected);
    }

    @Test
    void withoutARuleNobodyCouldAndWhilePermissionsAreOffEverybodyCan() {
        assertThat(rule(Rules.of(true))).isEqualTo("none");
        assertThat(rule(Rules.of(false))).isEqualTo("open");
        assertThat(rule(Rules.of(false, "a deny 0 true"))).isEqualTo("open");
    }
}
