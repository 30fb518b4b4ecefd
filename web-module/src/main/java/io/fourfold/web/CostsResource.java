package io.fourfold.web;

import io.fourfold.kit.Display;
import io.fourfold.kit.Wire;
import io.fourfold.view.ArtifactRow;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.SessionRow;
import io.fourfold.view.Totals;
import io.fourfold.view.Views;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Money: by session, by execution, in sum; and the figures of the front page. */
@RequestScoped
@Path("/")
public class CostsResource {

    @Inject
    Views views;

    @Inject
    Clock clock;

    record SessionCost(
            String sessionId,
            String executionId,
            String workflowId,
            String phaseId,
            String totalCostUsd,
            String tokenCostUsd,
            String providerCostUsd,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            int toolCalls,
            int turns,
            long durationMs,
            Map<String, String> costByModel,
            boolean isFinalized,
            String startedAt,
            String completedAt) {}

    record ExecutionCost(
            String executionId,
            String workflowId,
            int sessionCount,
            List<String> sessionIds,
            String totalCostUsd,
            String tokenCostUsd,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            int toolCalls,
            long durationMs,
            Map<String, String> costByPhase,
            Map<String, String> costByModel,
            boolean isComplete,
            String startedAt,
            String completedAt) {}

    record Summary(
            String totalCostUsd, long totalSessions, long totalExecutions, long totalTokens, long totalToolCalls) {}

    record Metrics(
            long totalWorkflows,
            long completedWorkflows,
            long failedWorkflows,
            long totalSessions,
            long totalInputTokens,
            long totalOutputTokens,
            long totalCacheCreationTokens,
            long totalCacheReadTokens,
            long totalTokens,
            String totalCostUsd,
            long totalArtifacts) {}

    @GET
    @Path("costs/sessions")
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
                .map(CostsResource::cost)
                .toList());
    }

    @GET
    @Path("costs/sessions/{id}")
    public Response session(@PathParam("id") String id) {
        return Answer.ok(cost(Lookup.one(views, SessionRow.class, "session", id)));
    }

    @GET
    @Path("costs/executions")
    public Response executions(@QueryParam("limit") @DefaultValue("50") int limit) {
        return Answer.ok(
                views.page(ExecutionRow.class, Views.where(), "r.queuedAt desc, r.id", 1, limit).items().stream()
                        .map(this::cost)
                        .toList());
    }

    @GET
    @Path("costs/executions/{id}")
    public Response execution(@PathParam("id") String id) {
        return Answer.ok(cost(Lookup.one(views, ExecutionRow.class, "execution", id)));
    }

    @GET
    @Path("costs/summary")
    public Response summary() {
        Totals all = views.totals(Instant.EPOCH);
        long sessions =
                views.page(SessionRow.class, Views.where(), "r.id", 1, 1).total();
        return Answer.ok(new Summary(
                Display.money(all.costUsd()), sessions, all.executions(), all.totalTokens(), all.toolCalls()));
    }

    @GET
    @Path("metrics")
    public Response metrics() {
        Totals all = views.totals(Instant.EPOCH);
        return Answer.ok(new Metrics(
                all.executions(),
                all.count("completed"),
                all.count("failed"),
                views.page(SessionRow.class, Views.where(), "r.id", 1, 1).total(),
                all.inputTokens(),
                all.outputTokens(),
                all.cacheCreationTokens(),
                all.cacheReadTokens(),
                all.totalTokens(),
                Display.money(all.costUsd()),
                views.page(ArtifactRow.class, Views.where(), "r.id", 1, 1).total()));
    }

    private static SessionCost cost(SessionRow row) {
        return new SessionCost(
                row.id,
                row.executionId,
                row.workflowId,
                row.phaseId,
                Display.money(row.costUsd),
                Display.money(row.costUsd),
                Display.money(row.providerCostUsd),
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.toolCalls,
                row.turns,
                row.durationMs,
                row.costByModel,
                row.completedAt != null,
                Display.time(row.startedAt),
                Display.time(row.completedAt));
    }

    private ExecutionCost cost(ExecutionRow row) {
        List<PhaseRow> phases = views.phases(row.id);
        Map<String, String> byPhase = new TreeMap<>();
        Map<String, BigDecimal> byModel = new TreeMap<>();
        for (PhaseRow phase : phases) {
            byPhase.put(phase.phaseId, Display.money(phase.costUsd));
            phase.costByModel.forEach((model, cost) -> byModel.merge(model, new BigDecimal(cost), BigDecimal::add));
        }
        Map<String, String> models = new TreeMap<>();
        byModel.forEach((model, cost) -> models.put(model, Wire.money(cost)));
        Duration duration = Display.between(row.startedAt, row.completedAt, clock.instant());
        List<String> sessions =
                phases.stream().map(p -> p.sessionId).filter(id -> id != null).toList();
        return new ExecutionCost(
                row.id,
                row.workflowId,
                sessions.size(),
                sessions,
                Display.money(row.costUsd),
                Display.money(row.costUsd),
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.toolCalls,
                duration == null ? 0 : duration.toMillis(),
                byPhase,
                models,
                row.isOver(),
                Display.time(row.startedAt),
                Display.time(row.completedAt));
    }
}
