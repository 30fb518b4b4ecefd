package io.fourfold.web;

import io.fourfold.kit.Display;
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

    private static final BigDecimal NO_COMPUTE_COST = BigDecimal.ZERO;

    private CostAnswers() {}

    record SessionCost(
            String sessionId,
            String executionId,
            String workflowId,
            String phaseId,
            String workspaceId,
            BigDecimal totalCostUsd,
            BigDecimal tokenCostUsd,
            BigDecimal computeCostUsd,
            BigDecimal providerCostUsd,
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
            Instant startedAt,
            Instant completedAt) {}

    record ExecutionCost(
            String executionId,
            String workflowId,
            int sessionCount,
            List<String> sessionIds,
            BigDecimal totalCostUsd,
            BigDecimal tokenCostUsd,
            BigDecimal computeCostUsd,
            long inputTokens,
            long outputTokens,
            long totalTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            int toolCalls,
            int turns,
            long durationMs,
            Map<String, BigDecimal> costByPhase,
            Map<String, BigDecimal> costByModel,
            Map<String, String> costByTool,
            boolean isComplete,
            Instant startedAt,
            Instant completedAt) {}

    record Summary(
            BigDecimal totalCostUsd,
            long totalSessions,
            long totalExecutions,
            long totalTokens,
            long totalToolCalls,
            List<ModelCost> topModels,
            List<SessionShare> topSessions) {}

    record ModelCost(String model, BigDecimal costUsd) {}

    record SessionShare(
            String sessionId, String executionId, String phaseId, BigDecimal totalCostUsd, long totalTokens) {}

    /**
     * @param phases    of the session's execution
     * @param breakdown whether it says what the sum is made up of
     */
    static SessionCost session(SessionRow row, List<PhaseRow> phases, boolean breakdown) {
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
                row.costUsd,
                row.costUsd,
                NO_COMPUTE_COST,
                row.providerCostUsd,
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.toolCalls,
                row.turns,
                row.durationMs,
                breakdown ? row.costByModel : Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                row.completedAt != null,
                row.startedAt,
                row.completedAt);
    }

    /**
     * @param breakdown whether it says what the sum is made up of
     * @param ids       whether it names its sessions
     */
    static ExecutionCost execution(
            ExecutionRow row,
            List<PhaseRow> phases,
            List<SessionRow> sessions,
            Instant now,
            boolean breakdown,
            boolean ids) {
        Map<String, BigDecimal> byPhase = new TreeMap<>();
        phases.forEach(phase -> byPhase.put(phase.phaseId, phase.costUsd));
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new ExecutionCost(
                row.id,
                row.workflowId,
                sessions.size(),
                ids ? sessions.stream().map(session -> session.id).toList() : List.of(),
                row.costUsd,
                row.costUsd,
                NO_COMPUTE_COST,
                row.inputTokens,
                row.outputTokens,
                row.totalTokens(),
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.toolCalls,
                sessions.stream().mapToInt(session -> session.turns).sum(),
                duration == null ? 0 : duration.toMillis(),
                breakdown ? byPhase : Map.of(),
                breakdown ? byModel(phases) : Map.of(),
                Map.of(),
                row.isOver(),
                row.startedAt,
                row.completedAt);
    }

    private static Map<String, BigDecimal> byModel(List<PhaseRow> phases) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        phases.forEach(phase ->
                phase.costByModel.forEach((model, cost) -> sums.merge(model, new BigDecimal(cost), BigDecimal::add)));
        return sums;
    }

    static SessionShare share(SessionRow row) {
        return new SessionShare(row.id, row.executionId, row.phaseId, row.costUsd, row.totalTokens());
    }
}
