package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.decision.Decision;
import io.fourfold.decision.DecisionDesk;
import io.fourfold.decision.Decisions;
import io.fourfold.decision.Preview;
import io.fourfold.decision.Proposals;
import io.fourfold.decision.Register;
import io.fourfold.decision.Verdict;
import io.fourfold.engine.Inlet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What people are asked, the newest first, and what they answer. */
@ApplicationScoped
@Path("decisions")
public class DecisionsResource {

    private static final int PAGE_MAX = 500;

    @Inject
    Register register;

    @Inject
    DecisionDesk desk;

    @Inject
    Proposals proposals;

    @Inject
    Preview preview;

    @Inject
    Inlet inlet;

    @Inject
    Visit visit;

    /** {@code decision} is approve or reject; {@code edit} sets fields of what is proposed. */
    record Answered(String decision, JsonNode edit, String reason) {}

    record Edited(JsonNode edit) {}

    @GET
    public Response list(
            @QueryParam("status") String status,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        String wanted = known(status);
        List<Decision> found = register.now().all().stream()
                .filter(decision -> visit.rights().sees(decision.namespace()))
                .filter(decision -> wanted == null || decision.status().wire().equals(wanted))
                .sorted(Comparator.comparingLong(
                                (Decision decision) -> decision.request().position())
                        .reversed())
                .toList();
        int size = Math.max(1, Math.min(pageSize, PAGE_MAX));
        List<DecisionAnswers.Shown> shown = found.stream()
                .skip((Math.max(1L, page) - 1) * size)
                .limit(size)
                .map(DecisionAnswers::of)
                .toList();
        return Answer.ok(new DecisionAnswers.Listed(shown, found.size(), null));
    }

    private static String known(String status) {
        List<String> all = Arrays.stream(Decision.Status.values())
                .map(Decision.Status::wire)
                .toList();
        if (status != null && !status.isEmpty() && !all.contains(status)) {
            throw Body.wrong("status", "one of " + String.join(", ", all) + ", but was " + status);
        }
        return status == null || status.isEmpty() ? null : status;
    }

    /** With what the rule that is proposed, or was approved, would do. */
    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return detail(find(id), null);
    }

    /** The same, had the proposal been edited; nothing is written. */
    @POST
    @Path("{id}/preview")
    public Response preview(@PathParam("id") String id, String body) {
        return detail(find(id), object(Body.read(body, Edited.class).edit()));
    }

    private Response detail(Decision decision, JsonNode edit) {
        if (decision.proposal() == null) {
            return Answer.ok(new DecisionAnswers.Detail(DecisionAnswers.of(decision), null));
        }
        ConfigDesk.Checked<?> checked = proposals.read(decision.rule().orElse(decision.proposal()), edit);
        if (edit != null && checked instanceof ConfigDesk.Checked.Refused<?> refused) {
            throw new Refused(refused.refusal());
        }
        DecisionAnswers.Seen seen = Proposals.routingRule(checked)
                .map(rule -> DecisionAnswers.of(preview.of(rule, visit::reads)))
                .orElse(null);
        return Answer.ok(new DecisionAnswers.Detail(DecisionAnswers.of(decision), seen));
    }

    @POST
    @Path("{id}/decide")
    public Response decide(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        Decision decision = find(id);
        Answered answered = Body.read(body, Answered.class);
        Verdict verdict = verdict(answered);
        JsonNode moved = object(answered.edit());
        if (moved != null && moved.hasNonNull("namespace")) {
            visit.rights().refusal(moved.get("namespace").asText()).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
        }
        DecisionDesk.Outcome outcome = desk.decide(decision.id().hex(), verdict, Caller.of(actor), visit.door(inlet));
        return switch (outcome) {
            case DecisionDesk.Outcome.Refused refused -> throw new Refused(refused.refusal());
            case DecisionDesk.Outcome.Done done -> Answer.ok(DecisionAnswers.of(done.decision()));
        };
    }

    private static Verdict verdict(Answered answered) {
        JsonNode edit = object(answered.edit());
        return switch (Body.required("decision", answered.decision())) {
            case "approve" -> new Verdict.Approve(edit, answered.reason());
            case "reject" -> {
                if (edit != null) {
                    throw Body.wrong("edit", "none with reject");
                }
                yield new Verdict.Reject(answered.reason());
            }
            default -> throw Body.wrong("decision", "approve or reject, but was " + answered.decision());
        };
    }

    /** Null for none. */
    private static JsonNode object(JsonNode edit) {
        if (edit == null || edit.isNull()) {
            return null;
        }
        if (!edit.isObject()) {
            throw Body.wrong("edit", "an object, but was " + edit);
        }
        return edit;
    }

    /** What a caller does not see is not there for it. */
    private Decision find(String id) {
        return switch (register.now().find(id, one -> visit.rights().sees(one.namespace()))) {
            case Decisions.Search.Failed failed -> throw new Refused(failed.refusal());
            case Decisions.Search.One one -> one.decision();
        };
    }
}
