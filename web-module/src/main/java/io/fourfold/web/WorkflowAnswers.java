package io.fourfold.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.WorkflowRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Workflows as the contract names their fields. */
final class WorkflowAnswers {

    private WorkflowAnswers() {}

    record ListAnswer(List<Summary> workflows, long total, int page, int pageSize) {}

    record Summary(
            String id,
            String name,
            String workflowType,
            int phaseCount,
            Instant createdAt,
            int runsCount,
            boolean isArchived,
            boolean requiresRepos) {}

    record Detail(
            String id,
            String name,
            String description,
            String workflowType,
            String classification,
            List<Phase> phases,
            List<Input> inputDeclarations,
            Instant createdAt,
            Instant updatedAt,
            long revision,
            boolean isArchived,
            int runsCount,
            String runsLink,
            String repositoryUrl,
            String repositoryRef,
            List<String> repos,
            boolean requiresRepos,
            Limit concurrency) {}

    /** How many executions of one key run at once, and what becomes of one that finds its key held. */
    record Limit(String key, int limit, String behavior) {}

    record Phase(
            String phaseId,
            String name,
            int order,
            String description,
            String agentType,
            String promptTemplate,
            int timeoutSeconds,
            List<String> allowedTools,
            String argumentHint,
            String model,
            List<String> outputArtifacts) {}

    record Input(
            String name,
            String description,
            boolean required,
            @JsonProperty("default") String defaultValue) {}

    record Created(
            String id,
            String name,
            String workflowType,
            String classification,
            String repositoryUrl,
            boolean requiresRepos,
            long revision,
            String status) {}

    record Validated(
            boolean valid,
            String name,
            String workflowType,
            int phaseCount,
            List<String> errors,
            List<String> neededFiles) {}

    record Runs(List<Run> runs, long total, String workflowId, String workflowName) {}

    record History(String workflowId, String workflowName, List<Run> executions, long totalExecutions) {}

    record Run(
            String workflowExecutionId,
            String workflowId,
            String workflowName,
            String status,
            Instant startedAt,
            Instant completedAt,
            int completedPhases,
            int totalPhases,
            long totalTokens,
            BigDecimal totalCostUsd,
            String errorMessage) {}

    record Started(String executionId, String workflowId, String status, String message) {}

    record Progress(
            String executionId,
            String workflowId,
            String status,
            String currentPhase,
            int completedPhases,
            int totalPhases,
            Instant startedAt,
            Instant completedAt,
            String error) {}

    record Deleted(String workflowId, String status) {}

    record PhaseUpdated(String workflowId, String phaseId, String status) {}

    static Summary summary(WorkflowRow row) {
        return new Summary(
                row.id, row.name, row.type, row.phaseCount, row.createdAt, row.runs, row.archived, row.requiresRepos);
    }

    static Detail detail(WorkflowRow row, WorkflowDefinition d) {
        return new Detail(
                row.id,
                row.name,
                d.description(),
                d.type(),
                d.classification(),
                d.phases().stream().map(WorkflowAnswers::phase).toList(),
                d.inputs().stream()
                        .map(i -> new Input(i.name(), i.description(), i.required(), i.defaultValue()))
                        .toList(),
                row.createdAt,
                row.updatedAt,
                row.revision,
                row.archived,
                row.runs,
                "/api/v1/workflows/" + row.id + "/runs",
                d.repositoryUrl(),
                d.repositoryRef(),
                d.repos(),
                d.requiresRepos(),
                d.concurrency() == null
                        ? null
                        : new Limit(
                                d.concurrency().key(),
                                d.concurrency().limit(),
                                d.concurrency().behavior().name()));
    }

    private static Phase phase(io.fourfold.orchestration.workflow.Phase p) {
        return new Phase(
                p.id(),
                p.name(),
                p.order(),
                p.description(),
                p.agent(),
                p.prompt(),
                p.timeoutSeconds(),
                p.allowedTools(),
                p.argumentHint(),
                p.model(),
                p.outputArtifacts());
    }

    static Run run(ExecutionRow row) {
        return new Run(
                row.id,
                row.workflowId,
                row.workflowName,
                row.status,
                row.startedAt,
                row.completedAt,
                row.completedPhases,
                row.totalPhases,
                row.totalTokens(),
                row.costUsd,
                row.errorMessage);
    }

    static Progress progress(ExecutionRow row) {
        return new Progress(
                row.id,
                row.workflowId,
                row.status,
                row.currentPhase,
                row.completedPhases,
                row.totalPhases,
                row.startedAt,
                row.completedAt,
                row.errorMessage);
    }
}
