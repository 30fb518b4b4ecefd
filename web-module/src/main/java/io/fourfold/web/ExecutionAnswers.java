package io.fourfold.web;

import io.fourfold.kit.Display;
import io.fourfold.line.WaitingLine;
import io.fourfold.orchestration.execution.Deadline;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Executions as the contract names their fields. */
final class ExecutionAnswers {

    private ExecutionAnswers() {}

    record ListAnswer(List<Summary> executions, long total, int page, int pageSize) {}

    record Summary(
            String workflowExecutionId,
            String workflowId,
            String workflowName,
            String task,
            String status,
            Instant queuedAt,
            Instant startedAt,
            Instant completedAt,
            int completedPhases,
            int totalPhases,
            long totalTokens,
            String totalTokensDisplay,
            long totalInputTokens,
            long totalOutputTokens,
            long totalCacheCreationTokens,
            long totalCacheReadTokens,
            BigDecimal totalCostUsd,
            String totalCostDisplay,
            Double durationSeconds,
            String durationDisplay,
            int toolCallCount,
            String errorMessage,
            List<String> repos,
            String reposDisplay) {}

    record Detail(
            String workflowExecutionId,
            String workflowId,
            String workflowName,
            String task,
            String status,
            Instant queuedAt,
            Instant startedAt,
            Instant completedAt,
            String currentPhase,
            List<Phase> phases,
            long totalInputTokens,
            long totalOutputTokens,
            long totalCacheCreationTokens,
            long totalCacheReadTokens,
            long totalTokens,
            BigDecimal totalCostUsd,
            BigDecimal maxCostUsd,
            List<String> unpricedModels,
            int toolCallCount,
            double totalDurationSeconds,
            List<String> artifactIds,
            String failedPhase,
            String failureReason,
            Integer exitCode,
            String errorMessage,
            String startedBy,
            String cause,
            String held,
            QueueAnswers.Waiting waiting,
            List<QueueAnswers.PhaseDeadline> deadlines,
            List<String> repos) {}

    record Phase(
            String phaseId,
            String name,
            String status,
            String agent,
            String sessionId,
            String workspaceId,
            String artifactId,
            List<String> artifactIds,
            long inputTokens,
            long outputTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            long totalTokens,
            double durationSeconds,
            int timeoutSeconds,
            BigDecimal costUsd,
            Instant startedAt,
            Instant completedAt,
            Integer exitCode,
            String failureReason,
            String errorMessage,
            String model,
            Map<String, String> costByModel,
            Map<String, String> commits,
            List<Operation> operations) {}

    record Operation(
            String operationId,
            String operationType,
            String timestamp,
            String toolName,
            String toolUseId,
            boolean success) {}

    record State(String executionId, String state) {}

    record Control(boolean success, String executionId, String state, String message, String error) {}

    static Summary summary(ExecutionRow row, Instant now) {
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new Summary(
                row.id,
                row.workflowId,
                row.workflowName,
                row.task,
                row.status,
                row.queuedAt,
                row.startedAt,
                row.completedAt,
                row.completedPhases,
                row.totalPhases,
                row.totalTokens(),
                Display.tokens(row.totalTokens()),
                row.inputTokens,
                row.outputTokens,
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.costUsd,
                Display.cost(row.costUsd),
                Display.seconds(duration),
                Display.duration(duration),
                row.toolCalls,
                row.errorMessage,
                row.repos,
                Display.repos(row.repos));
    }

    /**
     * @param place    where it stands in line; null when it does not wait
     * @param deadlines of the phases under way
     */
    static Detail detail(
            ExecutionRow row,
            List<PhaseRow> phases,
            List<Observation> tools,
            WaitingLine.Place place,
            List<Deadline> deadlines,
            Instant now) {
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        List<String> artifacts = new ArrayList<>();
        phases.forEach(p -> artifacts.addAll(p.artifactIds));
        return new Detail(
                row.id,
                row.workflowId,
                row.workflowName,
                row.task,
                row.status,
                row.queuedAt,
                row.startedAt,
                row.completedAt,
                row.currentPhase,
                phases.stream().map(p -> phase(p, tools, now)).toList(),
                row.inputTokens,
                row.outputTokens,
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.totalTokens(),
                row.costUsd,
                row.maxCostUsd,
                row.unpriced,
                row.toolCalls,
                duration == null ? 0 : Display.seconds(duration),
                artifacts,
                row.failedPhase,
                row.failureReason,
                row.exitCode,
                row.errorMessage,
                row.startedBy,
                row.cause,
                QueueAnswers.held(place),
                QueueAnswers.waiting(place),
                deadlines.stream().map(QueueAnswers::deadline).toList(),
                row.repos);
    }

    private static Phase phase(PhaseRow row, List<Observation> tools, Instant now) {
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new Phase(
                row.phaseId,
                row.name,
                row.status,
                row.agent,
                row.sessionId,
                row.workspaceId,
                row.artifactIds.isEmpty() ? null : row.artifactIds.get(0),
                row.artifactIds,
                row.inputTokens,
                row.outputTokens,
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.totalTokens(),
                duration == null ? 0 : Display.seconds(duration),
                row.timeoutSeconds,
                row.costUsd,
                row.startedAt,
                row.completedAt,
                row.exitCode,
                row.failureReason,
                row.errorMessage,
                row.model,
                row.costByModel,
                row.commits,
                tools.stream()
                        .filter(o -> row.phaseId.equals(o.phaseId()))
                        .map(ExecutionAnswers::operation)
                        .toList());
    }

    static Operation operation(Observation o) {
        return new Operation(
                o.executionId() + "." + o.seq(),
                o.type().wire(),
                o.at().toString(),
                o.data().text("tool_name").or(() -> o.data().text("agent_name")).orElse(null),
                o.data().text("tool_use_id").orElse(null),
                o.type() != ObservationType.TOOL_FAILED && o.type() != ObservationType.TOOL_BLOCKED);
    }
}
