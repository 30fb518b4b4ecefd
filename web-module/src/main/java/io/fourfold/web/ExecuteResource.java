package io.fourfold.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.kit.Ids;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.namespace.Namespaces;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import io.fourfold.view.WorkflowRow;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Starting executions, and the short answers about them that stand under workflows in the contract. */
@ApplicationScoped
@Path("workflows")
public class ExecuteResource {

    @Inject
    Views views;

    @Inject
    Starter starter;

    @Inject
    Ids ids;

    @Inject
    Orders orders;

    @Inject
    Namespaces namespaces;

    @Inject
    Visit visit;

    /**
     * {@code provider} is the contract's; only the one each phase names is carried out, so it must be absent or
     * claude. {@code namespace} is where it is done: what freezes that one holds it up.
     */
    record ExecuteRequest(
            Map<String, String> inputs,
            String task,
            List<String> repos,
            String provider,
            BigDecimal maxBudgetUsd,
            String namespace) {}

    @POST
    @Path("{id}/execute")
    public Response execute(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        WorkflowRow row = Lookup.one(views, WorkflowRow.class, "workflow", id);
        ExecuteRequest asked = body == null || body.isBlank()
                ? new ExecuteRequest(null, null, null, null, null, null)
                : Body.read(body, ExecuteRequest.class);
        if (asked.provider() != null && !asked.provider().equals("claude")) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    "provider: expected claude, since each phase names its own agent, but was " + asked.provider());
        }
        Starter.Request request = new Starter.Request(
                row.id,
                asked.inputs() == null ? Map.of() : asked.inputs(),
                asked.task(),
                asked.repos() == null ? List.of() : asked.repos(),
                asked.maxBudgetUsd(),
                null,
                namespace(asked.namespace()));
        String executionId = ids.execution();
        ExecutionState state = orders.settled(starter.start(executionId, request, Caller.of(actor)))
                .state();
        return Answer.ok(
                state.status().isOver()
                        ? new WorkflowAnswers.Started(
                                executionId,
                                row.id,
                                state.status().wire(),
                                "Its concurrency key " + state.plan().ticket().key() + " is held")
                        : new WorkflowAnswers.Started(executionId, row.id, "started", "Workflow execution started"));
    }

    /** The default one unless another is named, which must be active and the caller's. */
    private String namespace(String asked) {
        if (asked == null) {
            return Entry.DEFAULT_NAMESPACE;
        }
        namespaces
                .refusal(Json.of(JsonNodeFactory.instance.objectNode().put("namespace", asked)))
                .or(() -> visit.rights().refusal(asked))
                .ifPresent(refusal -> {
                    throw new Refused(refusal);
                });
        return asked;
    }

    @GET
    @Path("{id}/executions/{execution}")
    public Response progress(@PathParam("id") String id, @PathParam("execution") String execution) {
        ExecutionRow row = Lookup.one(views, ExecutionRow.class, "execution", execution);
        if (!row.workflowId.equals(id)) {
            throw new Refused(
                    Refusal.Code.NOT_FOUND, "Expected an execution of " + id + ", but it is of " + row.workflowId);
        }
        return Answer.ok(WorkflowAnswers.progress(row));
    }

    @GET
    @Path("executions/active")
    public Response active(@QueryParam("limit") @DefaultValue("20") int limit) {
        Page<ExecutionRow> rows = views.page(
                ExecutionRow.class,
                Views.where().is("status", List.of("running", "paused", "not_started")),
                "r.queuedAt desc, r.id",
                1,
                limit);
        return Answer.ok(rows.items().stream().map(WorkflowAnswers::progress).toList());
    }
}
