package io.fourfold.web;

import io.fourfold.kit.Display;
import io.fourfold.view.ArtifactRow;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseMetricsRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.SessionRow;
import io.fourfold.view.Totals;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import io.fourfold.view.WorkflowRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The figures of all executions, or of one workflow's. */
@ApplicationScoped
@Path("metrics")
public class MetricsResource {

    @Inject
    Views views;

    @Inject
    Clock clock;

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
            BigDecimal totalCostUsd,
            long totalArtifacts,
            long totalArtifactBytes,
            List<Phase> phases,
            List<PhaseTotals> phaseTotals) {}

    record Phase(
            String phaseId,
            String phaseName,
            String status,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            BigDecimal costUsd,
            double durationSeconds,
            int artifactCount) {}

    /** A phase over all executions of its workflow. */
    record PhaseTotals(
            String workflowId,
            String phaseId,
            String phaseName,
            long started,
            long completed,
            long failed,
            long totalTokens,
            BigDecimal costUsd,
            long toolCalls,
            long artifacts,
            double agentSeconds) {}

    private static final String DEAREST_FIRST = "r.costUsd desc, r.id";

    private static PhaseTotals overall(PhaseMetricsRow row) {
        return new PhaseTotals(
                row.workflowId,
                row.phaseId,
                row.name,
                row.started,
                row.completed,
                row.failed,
                row.totalTokens(),
                row.costUsd,
                row.toolCalls,
                row.artifacts,
                row.agentMillis / 1e3);
    }

    /** The contract counts runs as workflows. Phases are those of the newest run, phase totals those of all. */
    @GET
    public Response metrics(@QueryParam("workflow_id") String workflowId) {
        String workflow = workflowId == null || workflowId.isBlank()
                ? null
                : Lookup.one(views, WorkflowRow.class, "workflow", workflowId).id;
        Where where = Views.where().is("workflowId", workflow);
        Totals all = views.figures().ofWorkflow(workflow);
        return Answer.ok(new Metrics(
                all.executions(),
                all.count("completed"),
                all.count("failed"),
                views.page(SessionRow.class, where, "r.id", 1, 1).total(),
                all.inputTokens(),
                all.outputTokens(),
                all.cacheCreationTokens(),
                all.cacheReadTokens(),
                all.totalTokens(),
                all.costUsd(),
                views.page(ArtifactRow.class, where, "r.id", 1, 1).total(),
                views.figures().artifactBytes(where),
                views.page(ExecutionRow.class, where, "r.queuedAt desc, r.id", 1, 1).items().stream()
                        .flatMap(newest -> views.phases(newest.id).stream())
                        .map(this::phase)
                        .toList(),
                views.page(PhaseMetricsRow.class, where, DEAREST_FIRST, 1, Views.PAGE_MAX).items().stream()
                        .map(MetricsResource::overall)
                        .toList()));
    }

    private Phase phase(PhaseRow row) {
        Duration duration = Display.between(row.startedAt, row.completedAt, clock.instant());
        return new Phase(
                row.phaseId,
                row.name,
                row.status,
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.costUsd,
                duration == null ? 0 : Display.seconds(duration),
                row.artifactIds.size());
    }
}
