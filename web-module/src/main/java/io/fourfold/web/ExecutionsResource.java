package io.fourfold.web;

import io.fourfold.kit.Commands;
import io.fourfold.line.WaitingLine;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.Deadline;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Status;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
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
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Executions: lists, one in detail, its records, and what may be asked of it. */
@ApplicationScoped
@Path("executions")
public class ExecutionsResource {

    private static final List<ObservationType> TOOLS = List.of(ObservationType.TOOL_STARTED);

    @Inject
    Views views;

    @Inject
    Orders orders;

    @Inject
    Log log;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Clock clock;

    @Inject
    WaitingLine line;

    @Inject
    Commands commands;

    /** What a cancel may carry. */
    record Reason(String reason, Boolean force) {}

    /** What the other control requests may carry. */
    record PauseReason(String reason) {}

    record Message(String message, String role) {}

    @GET
    public Response list(
            @QueryParam("status") String status,
            @QueryParam("workflow_id") String workflowId,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        Page<ExecutionRow> rows = views.page(
                ExecutionRow.class,
                Views.where().is("status", statuses(status)).is("workflowId", workflowId),
                "r.queuedAt desc, r.id",
                page,
                pageSize);
        return Answer.ok(new ExecutionAnswers.ListAnswer(
                rows.items().stream()
                        .map(r -> ExecutionAnswers.summary(r, clock.instant()))
                        .toList(),
                rows.total(),
                page,
                pageSize));
    }

    static List<String> statuses(String given) {
        List<String> known = Arrays.stream(Status.values()).map(Status::wire).toList();
        List<String> asked = Filters.names(given);
        if (asked != null && !known.containsAll(asked)) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "status: expected one of " + known + ", but was " + given);
        }
        return asked;
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        ExecutionRow row = Lookup.one(views, ExecutionRow.class, "execution", id);
        return Answer.ok(ExecutionAnswers.detail(
                row,
                views.phases(row.id),
                telemetry.ofExecution(row.id, TOOLS, Views.PAGE_MAX),
                row.isOver() ? null : line.of(row.id).orElse(null),
                row.isOver()
                        ? List.of()
                        : Deadline.of(commands.state(Execution.AGGREGATE, Execution.threadOf(row.id)), clock.instant()),
                clock.instant()));
    }

    /** Who waits for a runner, the first in line first, each with the reason. */
    @GET
    @Path("queue")
    public Response queue(@QueryParam("limit") @DefaultValue("50") int limit) {
        WaitingLine.Shown shown = line.first(limit);
        List<String> ids =
                shown.waiting().stream().map(WaitingLine.Place::executionId).toList();
        Map<String, ExecutionRow> rows = ids.isEmpty()
                ? Map.of()
                : views.page(ExecutionRow.class, Views.where().is("id", ids), "r.id", 1, ids.size()).items().stream()
                        .collect(Collectors.toMap(row -> row.id, row -> row));
        return Answer.ok(QueueAnswers.queue(shown, rows));
    }

    @GET
    @Path("{id}/state")
    public Response state(@PathParam("id") String id) {
        ExecutionRow row = Lookup.one(views, ExecutionRow.class, "execution", id);
        return Answer.ok(new ExecutionAnswers.State(row.id, row.status));
    }

    @GET
    @Path("{id}/records")
    public Response records(@PathParam("id") String id) {
        ExecutionRow row = Lookup.one(views, ExecutionRow.class, "execution", id);
        return RecordAnswers.list(log.thread(Execution.threadOf(row.id), 0, Log.READ_MAX));
    }

    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        Reason asked = body == null || body.isBlank() ? new Reason(null, false) : Body.read(body, Reason.class);
        String reason = asked.reason() == null ? "cancelled by a person" : asked.reason();
        return control(id, actor, row -> new ExecutionCommand.Cancel(row, reason, Boolean.TRUE.equals(asked.force())));
    }

    /** Holds the agent at its next yield point; held, it uses no CPU, also while the server is restarted. */
    @POST
    @Path("{id}/pause")
    public Response pause(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        PauseReason asked = body == null || body.isBlank() ? new PauseReason(null) : Body.read(body, PauseReason.class);
        String reason = asked.reason() == null ? "paused by a person" : asked.reason();
        return control(id, actor, row -> new ExecutionCommand.RequestPause(row, reason));
    }

    @POST
    @Path("{id}/resume")
    public Response resume(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        return control(id, actor, ExecutionCommand.Resume::new);
    }

    @POST
    @Path("{id}/interrupt")
    public Response interrupt(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        PauseReason asked = body == null || body.isBlank() ? new PauseReason(null) : Body.read(body, PauseReason.class);
        String reason = asked.reason() == null ? "interrupted by a person" : asked.reason();
        return control(id, actor, row -> new ExecutionCommand.Interrupt(row, reason));
    }

    @POST
    @Path("{id}/retry")
    public Response retry(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        return control(id, actor, ExecutionCommand.Retry::new);
    }

    /** For the next agent that has not begun yet; an agent at work takes no message. */
    @POST
    @Path("{id}/inject")
    public Response inject(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor, String body) {
        Message asked = Body.read(body, Message.class);
        if (asked.message() == null) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "message: expected text, but it is missing");
        }
        if (asked.role() != null && !asked.role().equals("user")) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "role: expected user, but was " + asked.role());
        }
        return control(id, actor, row -> new ExecutionCommand.Inject(row, asked.message()));
    }

    private interface Ask {
        ExecutionCommand of(String executionId);
    }

    private Response control(String id, String actor, Ask ask) {
        ExecutionRow row = Lookup.one(views, ExecutionRow.class, "execution", id);
        ExecutionState state = orders.carryOut(Execution.AGGREGATE, ask.of(row.id), actor);
        boolean waits = state.wanted() != ExecutionState.Wanted.NOTHING;
        String message = waits ? "takes effect at the next yield point" : null;
        return Answer.ok(
                new ExecutionAnswers.Control(true, row.id, state.status().wire(), message, null));
    }
}
