package io.fourfold.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.RoutingRule;
import io.fourfold.config.Topic;
import io.fourfold.engine.Situations;
import io.fourfold.fleet.FleetControl;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.pattern.Patterns;
import io.fourfold.routing.Cascade;
import io.fourfold.trust.Trust;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private final DecisionScene scene = new DecisionScene();
    private final Situations situations = new Situations(
            scene.configs,
            new Patterns(scene.log),
            scene.log,
            new Trust(),
            new FleetControl(scene.log),
            did -> true,
            () -> false,
            scene.clock);
    private final Preview preview = new Preview(scene.log, new Cascade(() -> 0), situations::now);

    private RoutingRule rule(String expression) {
        var fields = DecisionScene.json("{'name':'n','expression':'" + expression + "','target':'did:x:y'}")
                .tree();
        ConfigDesk.Checked<RoutingRule> checked = scene.configDesk.check(Topic.ROUTING_RULE, fields);
        return ((ConfigDesk.Checked.Valid<RoutingRule>) checked).value();
    }

    @Test
    void itSaysWhatMatchesTheNewestFirstAndWhatWouldDecideItToday() {
        scene.configure("""
                {'topic':'routing_rule','name':'one','expression':'record.body.n == 1','target':'did:x:one'}""");
        for (int n = 0; n < 4; n++) {
            scene.intend("{'kind':'deploy','n':" + n + "}");
        }
        scene.intend("{'goal':'something else'}");
        scene.say(DecisionScene.WORK, DecisionScene.ALICE, Act.KNOW, "{'kind':'deploy','n':1}");
        Preview.Seen seen = preview.of(rule("record.body.kind == \\'deploy\\' && record.body.n < 3"), entry -> true);
        assertThat(seen.tried()).isEqualTo(5);
        assertThat(seen.matched()).isEqualTo(3);
        assertThat(seen.failed()).isEqualTo(1);
        assertThat(seen.matches())
                .extracting(match -> match.record().body().tree().get("n").asInt())
                .containsExactly(2, 1, 0);
        assertThat(seen.matches())
                .extracting(match -> match.today().decidedBy())
                .containsExactly("default", "routing_rule", "default");
        assertThat(seen.matches().get(1).today().target()).isEqualTo("did:x:one");
    }

    @Test
    void whatACallerMayNotSeeIsNotTried() {
        scene.intend("{'kind':'deploy','namespace':'acme'}");
        scene.intend("{'kind':'deploy'}");
        Preview.Seen seen = preview.of(rule("true"), entry -> entry.namespace().equals("acme"));
        assertThat(seen.matches())
                .extracting(match -> match.record().namespace())
                .containsExactly("acme");
        assertThat(seen.tried()).isEqualTo(1);
    }

    @Test
    void aRuleIsToldNothingOfRecordsItsCallerMayNotRead() {
        scene.say(new ThreadId("th_secret"), DecisionScene.ALICE, Act.INTEND, "{'goal':'x','namespace':'acme'}");
        scene.intend("{'kind':'deploy'}");
        RoutingRule asking = rule("thread(\\'th_secret\\').size() > 0 && record.body.kind == \\'deploy\\'");
        assertThat(preview.of(asking, entry -> true).matched()).isEqualTo(1);
        assertThat(preview.of(asking, entry -> entry.namespace().equals("default"))
                        .matched())
                .isZero();
    }

    @Test
    void itIsTriedOnTheLatestRoutableRecordsOnlyAndShowsAPart() {
        for (int n = 0; n < Preview.ROUTABLE_MAX + 10; n++) {
            scene.intend("{'n':" + n + "}");
            if (n % 3 == 0) {
                scene.say(DecisionScene.WORK, DecisionScene.ALICE, Act.KNOW, "{}");
            }
        }
        Preview.Seen seen = preview.of(rule("record.body.n < 15"), entry -> true);
        assertThat(seen.tried()).isEqualTo(Preview.ROUTABLE_MAX);
        assertThat(seen.matched()).isEqualTo(5);
        Entry oldest = seen.matches().getLast().record();
        assertThat(oldest.body().tree().get("n").asInt()).isEqualTo(10);
        assertThat(preview.of(rule("true"), entry -> true).matches()).hasSize(Preview.SHOWN_MAX);
    }

    @Test
    void anEmptyLogHasNothingToTry() {
        assertThat(preview.of(rule("true"), entry -> true).tried()).isZero();
    }
}
