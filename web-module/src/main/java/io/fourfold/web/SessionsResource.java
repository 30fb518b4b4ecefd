package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.view.Page;
import io.fourfold.view.SessionRow;
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

/** Sessions: what each agent did and used. */
@ApplicationScoped
@Path("sessions")
public class SessionsResource {

    private static final List<ObservationType> SHOWN = List.of(
            ObservationType.TOOL_STARTED,
            ObservationType.TOOL_COMPLETED,
            ObservationType.TOOL_FAILED,
            ObservationType.TOOL_BLOCKED,
            ObservationType.SUBAGENT_STARTED,
            ObservationType.SUBAGENT_STOPPED,
            ObservationType.TOKENS_USED,
            ObservationType.MESSAGE,
            ObservationType.ERROR);

    @Inject
    Views views;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Clock clock;

    @GET
    public Response list(
            @QueryParam("workflow_id") String workflowId,
            @QueryParam("execution_id") String executionId,
            @QueryParam("status") String status,
            @QueryParam("statuses") String statuses,
            @QueryParam("started_after") String after,
            @QueryParam("started_before") String before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (status != null && statuses != null) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "statuses: expected it without status, but both were given");
        }
        Page<SessionRow> rows = views.page(
                SessionRow.class,
                Views.where()
                        .is("workflowId", workflowId)
                        .is("executionId", executionId)
                        .is("status", Filters.names(statuses == null ? status : statuses))
                        .after("startedAt", Filters.time("started_after", after))
                        .before("startedAt", Filters.time("started_before", before)),
                "r.startedAt desc, r.id",
                1,
                limit);
        return Answer.ok(new SessionAnswers.ListAnswer(
                rows.items().stream()
                        .map(r -> SessionAnswers.summary(r, clock.instant()))
                        .toList(),
                rows.total()));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        return Answer.ok(
                SessionAnswers.detail(row, telemetry.ofSession(row.id, SHOWN, Views.PAGE_MAX), clock.instant()));
    }
}
