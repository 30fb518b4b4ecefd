package io.fourfold.web;

import io.fourfold.kit.Display;
import io.fourfold.repository.Health;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Insights.RepositoryFigures;
import io.fourfold.view.OrganizationRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What executions come to on repositories, as the contract names its fields. */
final class InsightAnswers {

    private InsightAnswers() {}

    record Overview(
            long totalSystems,
            long totalRepos,
            long unassignedRepos,
            long totalActiveExecutions,
            BigDecimal totalCostUsd,
            List<SystemOverview> systems) {}

    record SystemOverview(
            String systemId,
            String systemName,
            String organizationId,
            String organizationName,
            int repoCount,
            String overallStatus,
            long activeExecutions,
            BigDecimal totalCostUsd) {}

    record HealthReport(
            String overallStatus,
            long totalRepos,
            long healthyRepos,
            long degradedRepos,
            long failingRepos,
            int windowDays,
            List<RepositoryHealth> repos,
            long total) {}

    record RepositoryHealth(
            String repoId,
            String repoFullName,
            String status,
            double successRate,
            String trend,
            long totalExecutions,
            long successfulExecutions,
            long failedExecutions,
            long activeExecutions,
            BigDecimal recentCostUsd,
            long windowTokens,
            Instant lastExecutionAt) {}

    record Cost(
            String systemId,
            String systemName,
            String organizationId,
            BigDecimal totalCostUsd,
            long totalTokens,
            long totalInputTokens,
            long totalOutputTokens,
            Map<String, BigDecimal> costByRepo,
            Map<String, BigDecimal> costByWorkflow,
            Map<String, BigDecimal> costByModel,
            long executionCount) {}

    record ActivityList(List<Activity> entries, long total) {}

    record Activity(
            String executionId,
            String workflowId,
            String workflowName,
            String status,
            Instant queuedAt,
            Instant startedAt,
            Instant completedAt,
            double durationSeconds,
            String triggerSource,
            List<String> repositories) {}

    record FailureList(List<Failure> failures, long total) {}

    record Failure(
            String executionId,
            String workflowId,
            String workflowName,
            Instant failedAt,
            String errorMessage,
            String errorType,
            String phaseName,
            Integer exitCode,
            List<String> repositories) {}

    record Heatmap(
            String metric,
            String startDate,
            String endDate,
            double total,
            List<HeatmapDay> days,
            Map<String, String> filter) {}

    record HeatmapDay(String date, double count, Map<String, Double> breakdown) {}

    static Health health(RepositoryFigures figures) {
        return Health.of(figures.completed(), figures.failed());
    }

    static String wire(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    /** @param registered null where nobody has registered it */
    static RepositoryHealth repository(RepositoryFigures figures, OrganizationRow registered) {
        return new RepositoryHealth(
                registered == null ? "" : registered.id,
                figures.repository(),
                wire(health(figures)),
                Health.rate(figures.completed(), figures.failed()),
                Health.trend(figures.completed(), figures.failed(), figures.halfCompleted(), figures.halfFailed()),
                figures.executions(),
                figures.completed(),
                figures.failed(),
                figures.active(),
                figures.costUsd(),
                figures.tokens(),
                figures.lastAt());
    }

    /** @param sources where each repository of the execution was named, by its name */
    static Activity activity(ExecutionRow row, Map<String, String> sources, Instant now) {
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new Activity(
                row.id,
                row.workflowId,
                row.workflowName,
                row.status,
                row.queuedAt,
                row.startedAt,
                row.completedAt,
                duration == null ? 0 : Display.seconds(duration),
                sources.values().stream().findFirst().orElse(""),
                List.copyOf(sources.keySet()));
    }

    static Failure failure(ExecutionRow row, Map<String, String> sources) {
        return new Failure(
                row.id,
                row.workflowId,
                row.workflowName,
                row.completedAt,
                row.errorMessage,
                row.failureReason,
                row.failedPhase,
                row.exitCode,
                List.copyOf(sources.keySet()));
    }
}
