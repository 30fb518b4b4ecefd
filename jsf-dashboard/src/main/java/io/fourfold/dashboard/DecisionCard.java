package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.ConfigDesk.Checked;
import io.fourfold.config.RoutingRule;
import io.fourfold.decision.Decision;
import io.fourfold.decision.Preview;
import io.fourfold.decision.Proposals;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A question with what is proposed, which may be changed before it is approved.
 *
 * @param rationale why, in words, or null
 * @param form      what is proposed, or null where nothing is
 * @param seen      what it would have matched; null while nobody asked
 * @param approve   what is posted to approve; null while what is proposed was not checked
 */
public record DecisionCard(String id, DecisionLine line, String rationale, RuleForm form, Seen seen, String approve) {

    static final int MATCHES_SHOWN = 8;

    /**
     * How the rule did on the latest records that are routed at all.
     *
     * @param text in words
     * @param more matches that are not shown
     */
    public record Seen(String text, List<Match> matches, int more) {}

    /** A record that it holds for, and who decides it as things stand. */
    public record Match(String title, String link, String today) {}

    /** As it was proposed; a question without a proposal may be answered at once. */
    static DecisionCard of(Decision decision, DecisionLine line) {
        RuleForm form = decision.proposal() == null
                ? null
                : RuleForm.of(decision.proposal().tree());
        return new DecisionCard(
                decision.id().hex(), line, decision.rationale(), form, null, form == null ? answer(null) : null);
    }

    /** @param written as it is to be approved */
    DecisionCard checked(
            Decision decision,
            RuleForm written,
            BiFunction<Json, JsonNode, Checked<?>> read,
            Function<RoutingRule, Preview.Seen> preview) {
        Json proposal = decision.proposal();
        RuleForm checked = written.checked(
                fields -> refusal(read.apply(proposal, edit(proposal.tree(), fields))), any -> Optional.of("Valid."));
        if (!checked.verdict().good()) {
            return new DecisionCard(id, line, rationale, checked, null, null);
        }
        ObjectNode edit =
                edit(proposal.tree(), Json.parse(checked.verdict().body()).tree());
        Seen seen = Proposals.routingRule(read.apply(proposal, edit))
                .map(preview)
                .map(DecisionCard::seen)
                .orElse(null);
        return new DecisionCard(id, line, rationale, checked, seen, answer(edit));
    }

    private static Optional<Refusal> refusal(Checked<?> checked) {
        return switch (checked) {
            case Checked.Refused<?> refused -> Optional.of(refused.refusal());
            case Checked.Valid<?> valid -> Optional.empty();
        };
    }

    /** What makes of the proposal what was written: fields set anew, and nulls for those taken away. */
    static ObjectNode edit(JsonNode proposal, JsonNode written) {
        ObjectNode edit = JsonNodeFactory.instance.objectNode();
        written.properties().forEach(field -> {
            if (!field.getValue().equals(proposal.get(field.getKey()))) {
                edit.set(field.getKey(), field.getValue());
            }
        });
        proposal.fieldNames().forEachRemaining(field -> {
            if (!field.equals("topic") && !written.has(field)) {
                edit.putNull(field);
            }
        });
        return edit;
    }

    private static String answer(ObjectNode edit) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("decision", "approve");
        if (edit != null && !edit.isEmpty()) {
            answer.set("edit", edit);
        }
        return answer.toString();
    }

    private static Seen seen(Preview.Seen seen) {
        String failed = seen.failed() == 0 ? "" : "; on " + Words.whole(seen.failed()) + " it could not be evaluated";
        String text = "It would have matched " + Words.whole(seen.matched()) + " of the latest "
                + Words.plural(seen.tried(), "routed record") + failed + ".";
        List<Match> matches = seen.matches().stream()
                .limit(MATCHES_SHOWN)
                .map(DecisionCard::match)
                .toList();
        return new Seen(text, matches, seen.matched() - matches.size());
    }

    private static Match match(Preview.Match match) {
        String record = match.record().id().hex();
        return new Match(
                match.record()
                        .body()
                        .text("goal")
                        .orElse(match.record().thread().value()),
                Address.of("routing.xhtml").with("record", record) + "#trace",
                Words.title(match.today().decidedBy()));
    }

    /** What is posted to reject. */
    public String reject() {
        return "{\"decision\":\"reject\"}";
    }
}
