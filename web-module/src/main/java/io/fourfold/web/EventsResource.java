package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.telemetry.Observation;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Observations as events: the newest of all, and a session's with its timeline, tools and costs. */
@ApplicationScoped
@Path("events")
public class EventsResource {

    /** Tool calls of one session that a summary counts. */
    static final int TOOLS_MAX = 10_000;

    @Inject
    Views views;

    @Inject
    TelemetryStore telemetry;

    record TimelineRow(Instant time, String eventType, String toolName, Long durationMs, Boolean success) {}

    record ToolSummary(
            String toolName,
            long callCount,
            long successCount,
            long errorCount,
            long totalDurationMs,
            double avgDurationMs) {}

    record SessionCosts(
            String sessionId,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            double estimatedCostUsd) {}

    record Events(List<Event> events, int count, boolean hasMore) {}

    record Event(Instant time, String eventType, String sessionId, String executionId, String phaseId, Object data) {}

    @GET
    @Path("recent")
    public Response recent(@QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("event_type") String type) {
        return Answer.ok(events(telemetry.recent(types(type), Filters.limit(limit) + 1), Filters.limit(limit)));
    }

    @GET
    @Path("sessions/{id}")
    public Response ofSession(
            @PathParam("id") String id,
            @QueryParam("event_type") String type,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("offset") @DefaultValue("0") int offset) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        int upTo = Filters.limit(limit) + Math.max(0, offset) + 1;
        List<Observation> all = telemetry.ofSession(row.id, types(type), upTo);
        return Answer.ok(
                events(all.subList(Math.min(Math.max(0, offset), all.size()), all.size()), Filters.limit(limit)));
    }

    @GET
    @Path("sessions/{id}/timeline")
    public Response timeline(@PathParam("id") String id, @QueryParam("limit") @DefaultValue("100") int limit) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        return Answer.ok(telemetry.ofSession(row.id, ToolCall.TYPES, Filters.limit(limit)).stream()
                .map(ToolCall::of)
                .map(e -> new TimelineRow(e.timestamp(), e.operationType(), e.toolName(), e.durationMs(), e.success()))
                .toList());
    }

    @GET
    @Path("sessions/{id}/tools")
    public Response toolSummary(@PathParam("id") String id) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        Map<String, List<ToolCall>> byTool = telemetry.ofSession(row.id, ToolCall.TYPES, TOOLS_MAX).stream()
                .map(ToolCall::of)
                .filter(e -> e.success() != null)
                .collect(Collectors.groupingBy(ToolCall::toolName, TreeMap::new, Collectors.toList()));
        return Answer.ok(byTool.entrySet().stream()
                .map(e -> summary(e.getKey(), e.getValue()))
                .toList());
    }

    private static ToolSummary summary(String tool, List<ToolCall> calls) {
        long good = calls.stream().filter(ToolCall::success).count();
        long millis = calls.stream()
                .mapToLong(c -> c.durationMs() == null ? 0 : c.durationMs())
                .sum();
        return new ToolSummary(tool, calls.size(), good, calls.size() - good, millis, (double) millis / calls.size());
    }

    @GET
    @Path("sessions/{id}/costs")
    public Response costs(@PathParam("id") String id) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        return Answer.ok(new SessionCosts(
                row.id,
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.costUsd.doubleValue()));
    }

    private static Events events(List<Observation> seen, int limit) {
        List<Event> events = seen.stream()
                .limit(limit)
                .map(o -> new Event(
                        o.at(),
                        o.type().wire(),
                        o.sessionId(),
                        o.executionId(),
                        o.phaseId(),
                        o.data().tree()))
                .toList();
        return new Events(events, events.size(), seen.size() > limit);
    }

    /** No type means all of them. */
    private static List<ObservationType> types(String type) {
        if (type == null || type.isBlank()) {
            return List.of(ObservationType.values());
        }
        try {
            return List.of(ObservationType.ofWire(type));
        } catch (IllegalArgumentException unknown) {
            throw new Refused(
                    Refusal.Code.INVALID_INPUT,
                    "event_type: expected one of "
                            + List.of(ObservationType.values()).stream()
                                    .map(ObservationType::wire)
                                    .toList()
                            + ", but was " + type);
        }
    }
}
