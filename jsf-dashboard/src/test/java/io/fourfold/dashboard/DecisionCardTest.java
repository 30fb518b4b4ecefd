package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.decision.Decision;
import io.fourfold.decision.Preview;
import io.fourfold.decision.Proposals;
import io.fourfold.decision.Register;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionCardTest {

    private static final String PROPOSAL = """
            {"topic":"routing_rule","name":"tests","expression":"record.act == 'DO'","target":"did:x:tester","priority":3}""";

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final Proposals proposals = new Proposals(new ConfigDesk(new EngineConfigs(log, new Expressions()), log));

    private Decision asked(String proposal) {
        String body = "{\"awaits\":\"actor_decision\",\"question\":\"Route tests?\"" + proposal + "}";
        Draft draft =
                Draft.of(new ThreadId("th_decisions"), new Did("did:fourfold:user:bob"), Act.KNOW, Json.parse(body));
        log.append(List.of(Append.of(draft)));
        return new Register(log).now().open().getFirst();
    }

    private DecisionCard checked(Decision decision, String expression, String rest) {
        DecisionCard card = DecisionCard.of(decision, DecisionLine.of(decision, Rows.NOON));
        RuleForm written = new RuleForm(card.form().topic(), card.form().name(), "", expression, rest, null);
        return card.checked(decision, written, proposals::read, rule -> new Preview.Seen(412, 7, 1, List.of()));
    }

    @Test
    void aProposalFillsTheFormAndIsNotApprovedBeforeItWasChecked() {
        Decision decision = asked(",\"proposal\":" + PROPOSAL);
        DecisionCard card = DecisionCard.of(decision, DecisionLine.of(decision, Rows.NOON));
        assertThat(card.form().expression()).isEqualTo("record.act == 'DO'");
        assertThat(card.form().rest()).isEqualTo("{\n  \"priority\": 3,\n  \"target\": \"did:x:tester\"\n}");
        assertThat(card.approve()).isNull();
        assertThat(card.line().facts()).isEqualTo("asked by bob");
    }

    @Test
    void whatIsLeftAsItIsIsApprovedWithoutAnEdit() {
        DecisionCard card = checked(
                asked(",\"proposal\":" + PROPOSAL),
                "record.act == 'DO'",
                "{\"priority\": 3, \"target\": \"did:x:tester\"}");
        assertThat(card.approve()).isEqualTo("{\"decision\":\"approve\"}");
        assertThat(card.seen().text())
                .isEqualTo("It would have matched 7 of the latest 412 routed records; on 1 it could not be evaluated.");
    }

    @Test
    void onlyWhatWasChangedIsTheEditAndWhatWasTakenAwayIsNull() {
        DecisionCard card = checked(asked(",\"proposal\":" + PROPOSAL), "true", "{\"target\": \"did:x:tester\"}");
        assertThat(card.approve())
                .isEqualTo("{\"decision\":\"approve\",\"edit\":{\"expression\":\"true\",\"priority\":null}}");
    }

    @Test
    void aBrokenEditIsShownWithItsPlaceAndCannotBeApproved() {
        DecisionCard card = checked(asked(",\"proposal\":" + PROPOSAL), "nobody", "{\"target\": \"did:x:tester\"}");
        assertThat(card.form().verdict().caret()).isEqualTo("nobody\n^");
        assertThat(card.approve()).isNull();
        assertThat(card.seen()).isNull();
    }

    @Test
    void aQuestionWithoutAProposalIsAnsweredAtOnce() {
        Decision decision = asked("");
        DecisionCard card = DecisionCard.of(decision, DecisionLine.of(decision, Rows.NOON));
        assertThat(card.form()).isNull();
        assertThat(card.approve()).isEqualTo("{\"decision\":\"approve\"}");
    }

    @Test
    void aNamespaceThatWasDefaultAnywayIsNoEdit() {
        JsonNode proposal = Json.parse(PROPOSAL).tree();
        assertThat(DecisionCard.edit(proposal, proposal)).isEmpty();
    }
}
