package io.fourfold.web;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
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
import java.time.Instant;
import java.util.List;

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
        return Answer.ok(views
                .page(
                        SessionRow.class,
                        Views.where().is("executionId", executionId),
                        "r.startedAt desc, r.id",
                        1,
                        limit)
                .items()
                .stream()
                .map(row -> cost(row, true))
                .toList());
    }

    @GET
    @Path("sessions/{id}")
    public Response session(
            @PathParam("id") String id, @QueryParam("include_breakdown") @DefaultValue("true") boolean breakdown) {
        return Answer.ok(cost(Lookup.one(views, SessionRow.class, "session", id), breakdown));
    }

    @GET
    @Path("executions")
    public Response executions(@QueryParam("limit") @DefaultValue("50") int limit) {
        return Answer.ok(
                views.page(ExecutionRow.class, Views.where(), "r.queuedAt desc, r.id", 1, limit).items().stream()
                        .map(row -> cost(row, true, true))
                        .toList());
    }

    @GET
    @Path("executions/{id}")
    public Response execution(
            @PathParam("id") String id,
            @QueryParam("include_breakdown") @DefaultValue("true") boolean breakdown,
            @QueryParam("include_session_ids") @DefaultValue("false") boolean sessionIds) {
        return Answer.ok(cost(Lookup.one(views, ExecutionRow.class, "execution", id), breakdown, sessionIds));
    }

    @GET
    @Path("summary")
    public Response summary() {
        Totals all = views.totals(Instant.EPOCH);
        Page<SessionRow> dearest = views.page(SessionRow.class, Views.where(), "r.costUsd desc, r.id", 1, TOP_MAX);
        return Answer.ok(new CostAnswers.Summary(
                all.costUsd(),
                dearest.total(),
                all.executions(),
                all.totalTokens(),
                all.toolCalls(),
                views.costByModel(TOP_MAX).entrySet().stream()
                        .map(e -> new CostAnswers.ModelCost(e.getKey(), e.getValue()))
                        .toList(),
                dearest.items().stream().map(CostAnswers::share).toList()));
    }

    private CostAnswers.SessionCost cost(SessionRow row, boolean breakdown) {
        return CostAnswers.session(row, views.phases(row.executionId), breakdown);
    }

    private CostAnswers.ExecutionCost cost(ExecutionRow row, boolean breakdown, boolean ids) {
        List<SessionRow> sessions = views.page(
                        SessionRow.class,
                        Views.where().is("executionId", row.id),
                        "r.startedAt, r.id",
                        1,
                        Views.PAGE_MAX)
                .items();
        return CostAnswers.execution(row, views.phases(row.id), sessions, clock.instant(), breakdown, ids);
    }
}
