package io.fourfold.web;

import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.TelemetryStore;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What was seen of one session: its tool calls and its tokens. */
@ApplicationScoped
@Path("observability/sessions/{id}")
public class ObservabilityResource {

    @Inject
    Views views;

    @Inject
    TelemetryStore telemetry;

    record Timeline(String sessionId, int totalExecutions, List<ToolCall> executions) {}

    record Tokens(
            String sessionId,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            BigDecimal totalCostUsd,
            long cacheCreationTokens,
            long cacheReadTokens) {}

    @GET
    @Path("tools")
    public Response tools(
            @PathParam("id") String id,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("include_blocked") @DefaultValue("true") boolean blocked) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        List<ObservationType> types = new ArrayList<>(ToolCall.TYPES);
        if (!blocked) {
            types.remove(ObservationType.TOOL_BLOCKED);
        }
        List<ToolCall> entries = telemetry.ofSession(row.id, types, Filters.limit(limit)).stream()
                .map(ToolCall::of)
                .toList();
        return Answer.ok(new Timeline(row.id, entries.size(), entries));
    }

    /** {@code include_records} is the contract's, whose answer has no records: either way it is the sums. */
    @GET
    @Path("tokens")
    public Response tokens(@PathParam("id") String id, @QueryParam("include_records") boolean records) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        return Answer.ok(new Tokens(
                row.id,
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.costUsd,
                row.cacheCreationTokens,
                row.cacheReadTokens));
    }
}
