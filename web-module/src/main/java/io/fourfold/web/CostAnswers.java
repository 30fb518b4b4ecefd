package io.fourfold.web;

import io.fourfold.kit.Display;
import io.fourfold.kit.Wire;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.SessionRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Costs as the contract names their fields. Providers charge by message, so that nothing is known by tool, and the
 * machine's own time costs nothing here.
 */
final class CostAnswers {

    private static final String NO_COMPUTE_COST = "0";

    private CostAnswers() {}

    record SessionCost(
            String sessionId,
            String executionId,
            String workflowId,
            String phaseId,
            String workspaceId,
            String totalCostUsd,
            String tokenCostUsd,
            String computeCostUsd,
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
            Map<String, String> costByTool,
            Map<String, Long> tokensByTool,
            Map<String, String> costByToolTokens,
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
            String computeCostUsd,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            int toolCalls,
            int turns,
            long durationMs,
            Map<String, String> costByPhase,
            Map<String, String> costByModel,
            Map<String, String> costByTool,
            boolean isComplete,
            String startedAt,
            String completedAt) {}

    record Summary(
            String totalCostUsd,
            long totalSessions,
            long totalExecutions,
            long totalTokens,
            long totalToolCalls,
            List<ModelCost> topModels,
            List<SessionShare> topSessions) {}

    record ModelCost(String model, String costUsd) {}

    record SessionShare(String sessionId, String executionId, String phaseId, String totalCostUsd, long totalTokens) {}

    /** @param phases of the session's execution */
    static SessionCost session(SessionRow row, List<PhaseRow> phases) {
        String workspace = phases.stream()
                .filter(phase -> row.id.equals(phase.sessionId))
                .findFirst()
                .map(phase -> phase.workspaceId)
                .orElse(null);
        return new SessionCost(
                row.id,
                row.executionId,
                row.workflowId,
                row.phaseId,
                workspace,
                Display.money(row.costUsd),
                Display.money(row.costUsd),
                NO_COMPUTE_COST,
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
                Map.of(),
                Map.of(),
                Map.of(),
                row.completedAt != null,
                Display.time(row.startedAt),
                Display.time(row.completedAt));
    }

    static ExecutionCost execution(ExecutionRow row, List<PhaseRow> phases, List<SessionRow> sessions, Instant now) {
        Map<String, String> byPhase = new TreeMap<>();
        phases.forEach(phase -> byPhase.put(phase.phaseId, Display.money(phase.costUsd)));
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new ExecutionCost(
                row.id,
                row.workflowId,
                sessions.size(),
                sessions.stream().map(session -> session.id).toList(),
                Display.money(row.costUsd),
                Display.money(row.costUsd),
                NO_COMPUTE_COST,
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.toolCalls,
                sessions.stream().mapToInt(session -> session.turns).sum(),
                duration == null ? 0 : duration.toMillis(),
                byPhase,
                byModel(phases),
                Map.of(),
                row.isOver(),
                Display.time(row.startedAt),
                Display.time(row.completedAt));
    }

    private static Map<String, String> byModel(List<PhaseRow> phases) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        phases.forEach(phase ->
                phase.costByModel.forEach((model, cost) -> sums.merge(model, new BigDecimal(cost), BigDecimal::add)));
        Map<String, String> models = new TreeMap<>();
        sums.forEach((model, cost) -> models.put(model, Wire.money(cost)));
        return models;
    }

    static SessionShare share(SessionRow row) {
        return new SessionShare(row.id, row.executionId, row.phaseId, Display.money(row.costUsd), row.totalTokens());
    }
}
