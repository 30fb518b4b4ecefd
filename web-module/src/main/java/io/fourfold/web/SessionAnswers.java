package io.fourfold.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fourfold.kit.Display;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.view.SessionRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions as the contract names their fields. */
final class SessionAnswers {

    private static final Set<ObservationType> GIT =
            Set.of(ObservationType.GIT_COMMIT, ObservationType.GIT_PUSH, ObservationType.GIT_OPERATION);

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
            BigDecimal totalCostUsd,
            String totalCostDisplay,
            Double durationSeconds,
            String durationDisplay,
            Instant startedAt,
            Instant completedAt) {}

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
            BigDecimal totalCostUsd,
            String totalCostDisplay,
            BigDecimal providerCostUsd,
            List<String> unpricedModels,
            Map<String, String> costByModel,
            int toolCalls,
            int turns,
            List<Operation> operations,
            Instant startedAt,
            Instant completedAt,
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
            JsonNode toolInput,
            String toolOutput,
            String messageRole,
            String messageContent,
            String thinkingContent,
            JsonNode git,
            String gitSha,
            String gitMessage,
            String gitBranch,
            String gitRepo) {}

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
                row.costUsd,
                Display.cost(row.costUsd),
                Display.seconds(duration),
                Display.duration(duration),
                row.startedAt,
                row.completedAt);
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
                row.costUsd,
                Display.cost(row.costUsd),
                row.providerCostUsd,
                row.unpriced,
                row.costByModel,
                row.toolCalls,
                row.turns,
                seen.stream().map(SessionAnswers::operation).toList(),
                row.startedAt,
                row.completedAt,
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
        String text = o.data().text("text").orElse(null);
        JsonNode git = git(o);
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
                o.data().text("input_preview").map(SessionAnswers::input).orElse(null),
                o.data().text("output_preview").orElse(null),
                o.data().text("role").orElse(null),
                o.type() == ObservationType.THINKING ? null : text,
                o.type() == ObservationType.THINKING ? text : null,
                git.isEmpty() ? null : git,
                git.path("sha").asText(null),
                git.path("message").asText(null),
                git.path("branch").asText(null),
                git.path("repo").asText(null));
    }

    /** Only the start of a long input is kept; it is no JSON any more. */
    private static JsonNode input(String preview) {
        try {
            JsonNode input = Answer.MAPPER.readTree(preview);
            return input.isObject() ? input : preview(preview);
        } catch (JsonProcessingException cut) {
            return preview(preview);
        }
    }

    private static JsonNode preview(String text) {
        return Answer.MAPPER.createObjectNode().put("preview", text);
    }

    private static JsonNode git(Observation o) {
        return GIT.contains(o.type()) ? o.data().tree() : MissingNode.getInstance();
    }

    static Long number(Observation o, String field) {
        return o.data().tree().hasNonNull(field) ? o.data().tree().get(field).asLong() : null;
    }
}
