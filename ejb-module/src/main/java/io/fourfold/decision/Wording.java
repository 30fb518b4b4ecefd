package io.fourfold.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import java.util.List;
import java.util.Optional;

/** The records of {@code th_decisions} as we write them; their wire names are chosen once. */
final class Wording {

    static final String REQUESTED = "decision.requested.v1";
    static final String JOINED = "decision.joined.v1";
    static final String APPROVED = "decision.approved.v1";
    static final String REJECTED = "decision.rejected.v1";
    static final String EXPIRED = "decision.expired.v1";
    static final String JUDGED = "decision.judged.v1";

    static final String AWAITS = "awaits";
    static final String ACTOR_DECISION = "actor_decision";
    static final String FULFILLS = "fulfills";
    static final String CANCELS = "cancels";
    static final String PROPOSAL = "proposal";
    private static final String EXECUTION = "execution_id";
    private static final String PHASE = "phase_id";

    private Wording() {}

    /** By its field {@code fulfills} it is a claim, so that who answers it judges who asked. */
    static Draft request(DecisionDesk.Question question) {
        ObjectNode body = body(REQUESTED, question.record().namespace())
                .put(AWAITS, ACTOR_DECISION)
                .put("question", question.text())
                .put("confidence", question.confidence())
                .put("rationale", question.rationale())
                .put("record", question.record().id().hex())
                .put("domain", question.proposal().text("topic").orElseThrow())
                .put(FULFILLS, question.intent().hex());
        body.putArray("options").add("approve").add("reject");
        body.set(PROPOSAL, question.proposal().tree());
        return draft(question.by(), Act.KNOW, body, question.record().id());
    }

    /** A phase of an execution that a person lets go on. */
    record PhaseOf(String executionId, String phaseId) {}

    static Draft phase(PhaseOf phase, String question, Did by) {
        ObjectNode body = body(REQUESTED, Entry.DEFAULT_NAMESPACE)
                .put(AWAITS, ACTOR_DECISION)
                .put("question", question)
                .put(EXECUTION, phase.executionId())
                .put(PHASE, phase.phaseId());
        body.putArray("options").add("approve").add("reject");
        return draft(by, Act.KNOW, body);
    }

    static Optional<PhaseOf> phase(Json request) {
        return request.text(EXECUTION)
                .flatMap(execution -> request.text(PHASE).map(phase -> new PhaseOf(execution, phase)));
    }

    /** Another record for which the same would be proposed. */
    static Draft joined(Decision decision, Entry record, Did by) {
        ObjectNode body = body(JOINED, decision.namespace())
                .put("decision", decision.id().hex())
                .put("record", record.id().hex());
        return draft(by, Act.KNOW, body, decision.id(), record.id());
    }

    /** {@code rule} is the decision rule that approves, null when a person does; {@code proposal} null for none. */
    static Draft approval(Decision decision, Json proposal, String reason, String rule, Did by) {
        String namespace = proposal == null
                ? decision.namespace()
                : proposal.text("namespace").orElse(Entry.DEFAULT_NAMESPACE);
        ObjectNode body = body(APPROVED, namespace)
                .put(FULFILLS, decision.id().hex())
                .put("edited", proposal != null && !proposal.equals(decision.proposal()));
        if (proposal != null) {
            body.set(PROPOSAL, proposal.tree());
        }
        return draft(by, Act.DO, with(with(body, "reason", reason), "decision_rule", rule), decision.id());
    }

    static Draft rejection(Decision decision, String reason, Did by) {
        ObjectNode body =
                body(REJECTED, decision.namespace()).put(CANCELS, decision.id().hex());
        return draft(by, Act.DO, with(body, "reason", reason), decision.id());
    }

    static Draft expiry(Decision decision, int days, Did by) {
        ObjectNode body = body(EXPIRED, decision.namespace())
                .put(CANCELS, decision.id().hex())
                .put("reason", "nobody answered within " + days + " days");
        return draft(by, Act.DO, body, decision.id());
    }

    /** What trust in who asked is made of. */
    static Draft judgement(Decision decision, boolean accepted, Did by) {
        ObjectNode body = body(JUDGED, decision.namespace())
                .put("verdict", accepted ? "accept" : "reject")
                .put("reviews", decision.id().hex());
        return draft(by, Act.KNOW, body, decision.id());
    }

    private static ObjectNode body(String kind, String namespace) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("kind", kind);
        return namespace.equals(Entry.DEFAULT_NAMESPACE) ? body : body.put("namespace", namespace);
    }

    private static ObjectNode with(ObjectNode body, String field, String text) {
        return text == null ? body : body.put(field, text);
    }

    private static Draft draft(Did by, Act act, ObjectNode body, EntryId... parents) {
        return Draft.of(Decisions.THREAD, by, act, Json.of(body)).withParents(List.of(parents));
    }
}
