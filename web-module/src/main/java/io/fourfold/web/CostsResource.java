package io.fourfold.web;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.SessionRow;
import io.fourfold.view.Totals;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Money: by session, by execution, in sum. */
@ApplicationScoped
@Path("costs")
public class CostsResource {

    /** Models and sessions that a summary names. */
    static final int TOP_MAX = 10;

    @Inject
    Views views;

    @Inject
    Clock clock;

    @GET
    @Path("sessions")
    public Response sessions(
            @QueryParam("execution_id") String executionId, @QueryParam("limit") @DefaultValue("50") int limit) {
        List<SessionRow> rows = views.page(
                        SessionRow.class,
                        Views.where().is("executionId", executionId),
                        "r.startedAt desc, r.id",
                        1,
                        limit)
                .items();
        Map<String, List<PhaseRow>> phases =
                phases(rows.stream().map(row -> row.executionId).distinct().toList());
        return Answer.ok(rows.stream()
                .map(row -> CostAnswers.session(row, phases.getOrDefault(row.executionId, List.of()), true))
                .toList());
    }

    @GET
    @Path("sessions/{id}")
    public Response session(
            @PathParam("id") String id, @QueryParam("include_breakdown") @DefaultValue("true") boolean breakdown) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        return Answer.ok(CostAnswers.session(row, views.phases(row.executionId), breakdown));
    }

    @GET
    @Path("executions")
    public Response executions(@QueryParam("limit") @DefaultValue("50") int limit) {
        return Answer.ok(costs(
                views.page(ExecutionRow.class, Views.where(), "r.queuedAt desc, r.id", 1, limit)
                        .items(),
                true,
                true));
    }

    @GET
    @Path("executions/{id}")
    public Response execution(
            @PathParam("id") String id,
            @QueryParam("include_breakdown") @DefaultValue("true") boolean breakdown,
            @QueryParam("include_session_ids") @DefaultValue("false") boolean sessionIds) {
        ExecutionRow row = Lookup.one(views, ExecutionRow.class, "execution", id);
        return Answer.ok(costs(List.of(row), breakdown, sessionIds).getFirst());
    }

    @GET
    @Path("summary")
    public Response summary() {
        Totals all = views.figures().ofWorkflow(null);
        Page<SessionRow> dearest = views.page(SessionRow.class, Views.where(), "r.costUsd desc, r.id", 1, TOP_MAX);
        return Answer.ok(new CostAnswers.Summary(
                all.costUsd(),
                dearest.total(),
                all.executions(),
                all.totalTokens(),
                all.toolCalls(),
                views.figures().costByModel(TOP_MAX).entrySet().stream()
                        .map(e -> new CostAnswers.ModelCost(e.getKey(), e.getValue()))
                        .toList(),
                dearest.items().stream().map(CostAnswers::share).toList()));
    }

    private List<CostAnswers.ExecutionCost> costs(List<ExecutionRow> rows, boolean breakdown, boolean ids) {
        List<String> executions = rows.stream().map(row -> row.id).toList();
        Map<String, List<PhaseRow>> phases = phases(executions);
        Map<String, List<SessionRow>> sessions =
                views.ofEach(SessionRow.class, "executionId", row -> row.executionId, executions, "r.startedAt, r.id");
        return rows.stream()
                .map(row -> CostAnswers.execution(
                        row,
                        phases.getOrDefault(row.id, List.of()),
                        sessions.getOrDefault(row.id, List.of()),
                        clock.instant(),
                        breakdown,
                        ids))
                .toList();
    }

    private Map<String, List<PhaseRow>> phases(List<String> executions) {
        return views.ofEach(PhaseRow.class, "executionId", row -> row.executionId, executions, "r.place");
    }
}
