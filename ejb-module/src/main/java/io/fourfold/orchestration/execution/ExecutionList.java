package io.fourfold.orchestration.execution;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.session.AgentResult;
import io.fourfold.view.ExecutionRow;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code execution_list}: each execution with its totals. */
public final class ExecutionList implements Projection<ExecutionRow> {

    @Override
    public String name() {
        return "execution_list";
    }

    @Override
    public Class<ExecutionRow> rowType() {
        return ExecutionRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return ExecutionEvent.CODEC
                .read(entry)
                .map(e -> Set.of(e.executionId()))
                .orElse(Set.of());
    }

    @Override
    public ExecutionRow fold(String key, ExecutionRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        ExecutionRow row = current == null ? new ExecutionRow() : current;
        row.version = entry.version();
        ExecutionEvent.CODEC.read(entry).ifPresent(event -> apply(row, event, entry));
        return row;
    }

    private static void apply(ExecutionRow row, ExecutionEvent event, Entry entry) {
        switch (event) {
            case ExecutionEvent.Queued e -> queued(row, e, entry);
            case ExecutionEvent.Started e -> {
                row.status = Status.RUNNING.wire();
                row.startedAt = e.at();
            }
            case ExecutionEvent.PhaseStarted e -> row.currentPhase = e.phaseId();
            case ExecutionEvent.PhaseSkipped e -> row.completedPhases++;
            case ExecutionEvent.MessageInjected e -> {}
            case ExecutionEvent.WorkspaceReady e -> {}
            case ExecutionEvent.AgentFinished e -> add(row, e.result());
            case ExecutionEvent.ArtifactsCollected e ->
                row.artifacts += e.artifacts().size();
            case ExecutionEvent.PhaseCompleted e -> row.completedPhases++;
            case ExecutionEvent.Completed e -> over(row, Status.COMPLETED, event, null);
            case ExecutionEvent.Failed e -> {
                over(row, Status.FAILED, event, e.message());
                row.failedPhase = e.phaseId();
                row.failureReason = e.reason().wire();
                row.exitCode = e.exitCode();
            }
            case ExecutionEvent.PauseRequested e -> {}
            case ExecutionEvent.Paused e -> row.status = Status.PAUSED.wire();
            case ExecutionEvent.Resumed e -> row.status = Status.RUNNING.wire();
            case ExecutionEvent.CancelRequested e -> {}
            case ExecutionEvent.Cancelled e -> over(row, Status.CANCELLED, event, e.reason());
            case ExecutionEvent.Interrupted e -> over(row, Status.INTERRUPTED, event, e.reason());
            case ExecutionEvent.Retried e -> retried(row);
        }
    }

    private static void queued(ExecutionRow row, ExecutionEvent.Queued e, Entry entry) {
        ExecutionPlan plan = e.plan();
        row.id = e.executionId();
        row.workflowId = plan.workflowId();
        row.workflowName = plan.workflowName();
        row.task = plan.task();
        row.status = Status.NOT_STARTED.wire();
        row.queuedAt = e.at();
        row.totalPhases = plan.phases().size();
        row.maxCostUsd = plan.maxCostUsd();
        row.repos = plan.repos().stream().map(Repo::url).toList();
        row.startedBy = entry.draft().actor().value();
        row.cause = plan.cause();
    }

    private static void add(ExecutionRow row, AgentResult result) {
        row.inputTokens += result.usage().input();
        row.outputTokens += result.usage().output();
        row.cacheCreationTokens += result.usage().cacheCreation();
        row.cacheReadTokens += result.usage().cacheRead();
        row.toolCalls += result.toolCalls();
        row.costUsd = result.costUsd() == null ? row.costUsd : row.costUsd.add(result.costUsd());
        Set<String> unpriced = new TreeSet<>(row.unpriced);
        unpriced.addAll(result.unpriced());
        row.unpriced = List.copyOf(unpriced);
    }

    private static void over(ExecutionRow row, Status status, ExecutionEvent event, String message) {
        row.status = status.wire();
        row.completedAt = event.at();
        row.errorMessage = message;
        row.currentPhase = null;
    }

    private static void retried(ExecutionRow row) {
        row.status = Status.RUNNING.wire();
        row.completedAt = null;
        row.errorMessage = null;
        row.failedPhase = null;
        row.failureReason = null;
        row.exitCode = null;
    }
}
