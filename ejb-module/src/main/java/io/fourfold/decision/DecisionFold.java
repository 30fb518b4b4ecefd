package io.fourfold.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.decision.Decision.Answer;
import io.fourfold.decision.Decision.Status;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folds the records of {@code th_decisions}, whoever wrote them. A request that proposes what an open one does is
 * merged with it; the first answer counts and later ones change nothing.
 */
final class DecisionFold {

    /** Decisions that are kept, the oldest answered ones forgotten first. */
    static final int KEPT_MAX = 5_000;

    private final int keptMax;
    private final Map<EntryId, Decision> byId = new LinkedHashMap<>();
    private final Map<EntryId, EntryId> merged = new HashMap<>();
    private long version;

    DecisionFold() {
        this(KEPT_MAX);
    }

    DecisionFold(int keptMax) {
        this.keptMax = keptMax;
    }

    long version() {
        return version;
    }

    Decisions snapshot() {
        return new Decisions(Collections.unmodifiableMap(new LinkedHashMap<>(byId)), version);
    }

    void add(Entry entry) {
        version++;
        Json body = entry.body();
        if (entry.draft().act() == Act.KNOW) {
            if (body.text(Wording.AWAITS).map(Wording.ACTOR_DECISION::equals).orElse(false)) {
                asked(entry);
            } else if (entry.kind().equals(Wording.JOINED)) {
                meant(body, "decision")
                        .ifPresent(decision -> replace(
                                decision.awaitedBy(id(body, "record").stream().toList())));
            }
        } else if (entry.draft().act() == Act.DO) {
            meant(body, Wording.CANCELS)
                    .or(() -> meant(body, Wording.FULFILLS))
                    .filter(decision -> isAtHome(entry, decision))
                    .ifPresent(decision -> replace(answered(decision, entry)));
        }
    }

    private void asked(Entry entry) {
        Decision asked = read(entry);
        Optional<Decision> same = byId.values().stream()
                .filter(Decision::isOpen)
                .filter(decision -> decision.proposes(asked.proposal()))
                .findFirst();
        if (same.isPresent()) {
            merged.put(entry.id(), same.get().id());
            replace(same.get().awaitedBy(asked.records()));
            return;
        }
        byId.put(entry.id(), asked);
        if (byId.size() > keptMax) {
            forget();
        }
    }

    private void forget() {
        EntryId oldest = byId.values().stream()
                .filter(decision -> !decision.isOpen())
                .map(Decision::id)
                .findFirst()
                .orElseGet(() -> byId.keySet().iterator().next());
        byId.remove(oldest);
        merged.values().removeIf(oldest::equals);
    }

    private void replace(Decision decision) {
        byId.put(decision.id(), decision);
    }

    /** The open decision that a field names, also by a request that was merged with it. */
    private Optional<Decision> meant(Json body, String field) {
        return id(body, field).map(id -> byId.get(merged.getOrDefault(id, id))).filter(Decision::isOpen);
    }

    private static Optional<EntryId> id(Json body, String field) {
        return body.text(field).flatMap(EntryId::parse);
    }

    /** Who may not file under a namespace may not put a rule there by an answer, nor reject what is asked there. */
    private static boolean isAtHome(Entry answer, Decision decision) {
        boolean rejects = answer.body().text(Wording.CANCELS).isPresent();
        String home = rejects
                ? decision.namespace()
                : object(answer.body(), Wording.PROPOSAL)
                        .or(() -> Optional.ofNullable(decision.proposal()))
                        .map(proposal -> proposal.text("namespace").orElse(Entry.DEFAULT_NAMESPACE))
                        .orElse(decision.namespace());
        return answer.namespace().equals(home);
    }

    private static Decision answered(Decision decision, Entry entry) {
        Json body = entry.body();
        boolean approved = body.text(Wording.CANCELS).isEmpty();
        boolean expired =
                entry.kind().equals(Wording.EXPIRED) && entry.draft().actor().isSystem();
        Json proposal = approved ? object(body, Wording.PROPOSAL).orElse(decision.proposal()) : null;
        Answer answer = new Answer(
                entry.id(),
                entry.draft().actor(),
                entry.recordedAt(),
                body.text("reason").orElse(null),
                body.text("decision_rule").orElse(null),
                proposal);
        return decision.answered(approved ? Status.APPROVED : expired ? Status.EXPIRED : Status.REJECTED, answer);
    }

    /** What is not as it should be is not there: a fold refuses nothing. */
    private static Decision read(Entry entry) {
        Json body = entry.body();
        List<String> options = new ArrayList<>();
        body.tree().path("options").forEach(option -> options.add(option.asText()));
        double confidence = body.tree().path("confidence").asDouble(-1);
        return new Decision(
                entry,
                Status.OPEN,
                body.text("question").orElse("(no question)"),
                options,
                object(body, Wording.PROPOSAL).orElse(null),
                confidence >= 0 && confidence <= 1 ? confidence : null,
                body.text("rationale").orElse(null),
                Stream.concat(id(body, "record").stream(), entry.draft().parents().stream())
                        .distinct()
                        .limit(Decision.RECORDS_MAX)
                        .toList(),
                null);
    }

    private static Optional<Json> object(Json body, String field) {
        return body.field(field).filter(JsonNode::isObject).map(Json::of);
    }
}
