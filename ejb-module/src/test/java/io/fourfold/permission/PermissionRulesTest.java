package io.fourfold.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.permission.PermissionRules.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionRulesTest {

    private static final Facts FACTS = new Facts() {

        @Override
        public double trust(String actor, String domain) {
            return actor.equals("did:fourfold:agent:good") && domain.equals("code") ? 0.8 : 0;
        }

        @Override
        public List<String> frozenNamespaces() {
            return List.of("acme");
        }

        @Override
        public boolean emergencyActive() {
            return true;
        }
    };

    private static Subject record(String actor, String namespace) {
        Json body = Json.parse("{\"namespace\":\"" + namespace + "\",\"goal\":\"x\"}");
        return Subject.of(Draft.of(new ThreadId("th_work"), new Did(actor), Act.DO, body));
    }

    private static String decided(EngineConfig config, Subject subject) {
        return switch (PermissionRules.decide(subject, config.permissionRules(), FACTS)) {
            case Verdict.Allowed allowed -> "allow " + allowed.rule();
            case Verdict.Denied denied -> "deny " + denied.rule();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trust(record.actor, "code") >= 0.5                                      | allow default/a
            trust(record.actor, "prose") >= 0.5                                     | deny none
            record.namespace == "acme/shop" && resource.namespace == "acme/shop"    | allow default/a
            record.namespace == "other"                                             | deny none
            record.act == "DO" && record.body.goal == "x" && !has(record.id)        | allow default/a
            resource == {"kind":"record","action":"write","thread":"th_work","namespace":"acme/shop"} | allow default/a
            frozen_namespaces().exists(n, record.namespace.startsWith(n + "/"))     | allow default/a
            emergency_active()                                                      | allow default/a
            record.body.missing == "x"                                              | deny none
            record.body.goal                                                        | deny none
            """)
    void aRecordIsJudgedByWhatItIsAndByTrustAndFreezes(String expression, String decision) {
        EngineConfig config = Rules.of(true, "a allow 0 " + expression);

        assertThat(decided(config, record("did:fourfold:agent:good", "acme/shop")))
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resource.kind == "execution" && resource.id == "exec-1" && resource.action == "write" | allow default/a
            record == {"actor":"did:fourfold:user:alice"}                                         | allow default/a
            record.act == "DO"                                                                    | deny none
            """)
    void aRequestIsJudgedByItsResourceAndActor(String expression, String decision) {
        EngineConfig config = Rules.of(true, "a allow 0 " + expression);

        assertThat(decided(config, Subject.of(Rules.ALICE, "execution", "exec-1")))
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a allow 0 true         | b deny 1 true          | deny default/b
            a allow 1 true         | b deny 0 true          | allow default/a
            a allow 0 true         | b deny 0 true          | allow default/a
            a deny 0 true          | b allow 0 true         | deny default/a
            a allow 0 true         | b deny 1 1/0 == 1      | allow default/a
            a allow 1 1/0 == 1     | b deny 0 true          | deny default/b
            a allow -5 true        | b deny -6 true         | allow default/a
            a deny 9 false         | b allow 0 false        | deny none
            """)
    void theFirstThatHoldsDecidesByPriorityThenAge(String one, String two, String decision) {
        assertThat(decided(Rules.of(true, one, two), record("did:x:y", "acme"))).isEqualTo(decision);
    }

    @Test
    void withoutAnyRuleEverythingIsDenied() {
        assertThat(decided(Rules.of(true), record("did:x:y", "acme"))).isEqualTo("deny none");
    }

    @Test
    void whatANameInAPathHoldsIsBoundedAndPlain() {
        Subject subject = Subject.of(Rules.ALICE, "config", "ä\u0000\ud800" + "x".repeat(1_000));

        assertThat(subject.resource().get("id").toString()).startsWith("???xxx").hasSize(300);
    }
}
