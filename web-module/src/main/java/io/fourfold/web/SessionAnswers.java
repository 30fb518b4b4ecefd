package io.fourfold.web;

import io.fourfold.kit.Display;
import io.fourfold.telemetry.Observation;
import io.fourfold.view.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sessions as the contract names their fields. */
final class SessionAnswers {

    private SessionAnswers() {}

    record ListAnswer(List<Summary> sessions, long total) {}

    record Summary(
            String id,
            String workflowId,
            String workflowName,
            String executionId,
            String phaseId,
            String phaseDisplay,
            String status,
            String agentProvider,
            String agentModel,
            String agentModelDisplay,
            List<String> repos,
            String reposDisplay,
            long inputTokens,
            long outputTokens,
            long cacheCreationTokens,
            long cacheReadTokens,
            long totalTokens,
            String totalTokensDisplay,
            String totalCostUsd,
            String totalCostDisplay,
            Double durationSeconds,
            String durationDisplay,
            String startedAt,
            String completedAt) {}

    record Detail(
            String id,
            String workflowId,
            String workflowName,
            String executionId,
            String phaseId,
            String phaseDisplay,
            String milestoneId,
            String agentProvider,
            String agentModel,
            String agentModelDisplay,
            List<String> repos,
            String reposDisplay,
            String status,
            String workspacePath,
            long inputTokens,
            String inputTokensDisplay,
            long outputTokens,
            String outputTokensDisplay,
            long cacheCreationTokens,
            String cacheCreationTokensDisplay,
            long cacheReadTokens,
            String cacheReadTokensDisplay,
            long totalTokens,
            String totalTokensDisplay,
            String totalCostUsd,
            String totalCostDisplay,
            String providerCostUsd,
            List<String> unpricedModels,
            Map<String, String> costByModel,
            int toolCalls,
            int turns,
            List<Operation> operations,
            String startedAt,
            String completedAt,
            Double durationSeconds,
            String durationDisplay,
            String errorMessage,
            Map<String, Object> metadata) {}

    record Operation(
            String operationId,
            String operationType,
            String timestamp,
            Double durationSeconds,
            boolean success,
            Long inputTokens,
            Long outputTokens,
            Long totalTokens,
            String toolName,
            String toolUseId,
            String toolOutput,
            String messageRole,
            String messageContent) {}

    static Summary summary(SessionRow row, Instant now) {
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new Summary(
                row.id,
                row.workflowId,
                row.workflowName,
                row.executionId,
                row.phaseId,
                row.phaseName,
                row.status,
                row.provider,
                row.model,
                row.model,
                row.repos,
                Display.repos(row.repos),
                row.inputTokens,
                row.outputTokens,
                row.cacheCreationTokens,
                row.cacheReadTokens,
                row.totalTokens(),
                Display.tokens(row.totalTokens()),
                Display.money(row.costUsd),
                Display.cost(row.costUsd),
                Display.seconds(duration),
                Display.duration(duration),
                Display.time(row.startedAt),
                Display.time(row.completedAt));
    }

    static Detail detail(SessionRow row, List<Observation> seen, Instant now) {
        Duration duration = Display.between(row.startedAt, row.completedAt, now);
        return new Detail(
                row.id,
                row.workflowId,
                row.workflowName,
                row.executionId,
                row.phaseId,
                row.phaseName,
                null,
                row.provider,
                row.model,
                row.model,
                row.repos,
                Display.repos(row.repos),
                row.status,
                null,
                row.inputTokens,
                Display.tokens(row.inputTokens),
                row.outputTokens,
                Display.tokens(row.outputTokens),
                row.cacheCreationTokens,
                Display.tokens(row.cacheCreationTokens),
                row.cacheReadTokens,
                Display.tokens(row.cacheReadTokens),
                row.totalTokens(),
                Display.tokens(row.totalTokens()),
                Display.money(row.costUsd),
                Display.cost(row.costUsd),
                Display.money(row.providerCostUsd),
                row.unpriced,
                row.costByModel,
                row.toolCalls,
                row.turns,
                seen.stream().map(SessionAnswers::operation).toList(),
                Display.time(row.startedAt),
                Display.time(row.completedAt),
                Display.seconds(duration),
                Display.duration(duration),
                row.errorMessage,
                Map.of());
    }

    private static Operation operation(Observation o) {
        ExecutionAnswers.Operation head = ExecutionAnswers.operation(o);
        Long input = number(o, "input_tokens");
        Long output = number(o, "output_tokens");
        Long millis = number(o, "duration_ms");
        return new Operation(
                head.operationId(),
                head.operationType(),
                head.timestamp(),
                millis == null ? null : millis / 1e3,
                head.success(),
                input,
                output,
                input == null || output == null ? null : input + output,
                head.toolName(),
                head.toolUseId(),
                o.data().text("output_preview").orElse(null),
                o.data().text("role").orElse(null),
                o.data().text("text").orElse(null));
    }

    static Long number(Observation o, String field) {
        return o.data().tree().hasNonNull(field) ? o.data().tree().get(field).asLong() : null;
    }
}
