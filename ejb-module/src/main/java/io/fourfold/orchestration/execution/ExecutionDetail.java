package io.fourfold.orchestration.execution;

import io.fourfold.kit.Projection;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import io.fourfold.view.PhaseRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code execution_detail}: the phases of each execution. A row is made when the execution is queued, so that the plan
 * shows what is still to come. Rows of one execution are touched by the events that name their phase, and by the end of
 * the execution, which ends a phase that still runs.
 */
public final class ExecutionDetail implements Projection<PhaseRow> {

    @Override
    public String name() {
        return "execution_detail";
    }

    @Override
    public Class<PhaseRow> rowType() {
        return PhaseRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return ExecutionEvent.CODEC.read(entry).map(ExecutionDetail::keys).orElse(Set.of());
    }

    private static Set<String> keys(ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Queued e ->
                e.plan().phases().stream().map(p -> key(e, p.id())).collect(Collectors.toSet());
            case ExecutionEvent.PhaseStarted e -> Set.of(key(e, e.phaseId()));
            case ExecutionEvent.WorkspaceReady e -> Set.of(key(e, e.phaseId()));
            case ExecutionEvent.AgentFinished e -> Set.of(key(e, e.phaseId()));
            case ExecutionEvent.ArtifactsCollected e -> Set.of(key(e, e.phaseId()));
            case ExecutionEvent.PhaseCompleted e -> Set.of(key(e, e.phaseId()));
            case ExecutionEvent.PhaseSkipped e -> Set.of(key(e, e.phaseId()));
            case ExecutionEvent.Failed e -> failed(e);
            case ExecutionEvent.Cancelled e -> keys(e, e.phaseIds());
            case ExecutionEvent.Interrupted e -> keys(e, e.phaseIds());
            case ExecutionEvent.Retried e -> keys(e, e.phaseIds());
            case ExecutionEvent.MessageInjected e -> Set.of();
            case ExecutionEvent.Started e -> Set.of();
            case ExecutionEvent.Completed e -> Set.of();
            case ExecutionEvent.PauseRequested e -> Set.of();
            case ExecutionEvent.Paused e -> Set.of();
            case ExecutionEvent.Resumed e -> Set.of();
            case ExecutionEvent.CancelRequested e -> Set.of();
        };
    }

    private static String key(ExecutionEvent event, String phaseId) {
        return event.executionId() + "/" + phaseId;
    }

    private static Set<String> keys(ExecutionEvent event, List<String> phaseIds) {
        return phaseIds.stream().map(id -> key(event, id)).collect(Collectors.toSet());
    }

    private static Set<String> failed(ExecutionEvent.Failed event) {
        Set<String> keys = new HashSet<>(keys(event, event.cutOff()));
        if (event.phaseId() != null) {
            keys.add(key(event, event.phaseId()));
        }
        return keys;
    }

    @Override
    public PhaseRow fold(String key, PhaseRow current, Entry entry) {
        Optional<ExecutionEvent> event = ExecutionEvent.CODEC.read(entry);
        if (event.isEmpty() || current != null && entry.version() <= current.version) {
            return current;
        }
        PhaseRow row = current == null ? new PhaseRow() : current;
        row.id = key;
        row.version = entry.version();
        apply(row, event.get());
        return row;
    }

    private static void apply(PhaseRow row, ExecutionEvent event) {
        switch (event) {
            case ExecutionEvent.Queued e -> planned(row, e);
            case ExecutionEvent.PhaseStarted e -> started(row, e);
            case ExecutionEvent.WorkspaceReady e -> {
                row.workspaceId = e.workspaceId();
                row.commits = new TreeMap<>(e.commits());
            }
            case ExecutionEvent.AgentFinished e -> finished(row, e.result());
            case ExecutionEvent.ArtifactsCollected e ->
                row.artifactIds = e.artifacts().stream()
                        .map(ExecutionEvent.Collected::artifactId)
                        .toList();
            case ExecutionEvent.PhaseCompleted e -> over(row, "completed", e.at(), null);
            case ExecutionEvent.PhaseSkipped e -> over(row, "skipped", e.at(), null);
            case ExecutionEvent.Failed e -> failed(row, e);
            case ExecutionEvent.MessageInjected e -> {}
            case ExecutionEvent.Cancelled e -> over(row, "cancelled", e.at(), e.reason());
            case ExecutionEvent.Interrupted e -> over(row, "interrupted", e.at(), e.reason());
            case ExecutionEvent.Retried e -> retried(row);
            case ExecutionEvent.Started e -> {}
            case ExecutionEvent.Completed e -> {}
            case ExecutionEvent.PauseRequested e -> {}
            case ExecutionEvent.Paused e -> {}
            case ExecutionEvent.Resumed e -> {}
            case ExecutionEvent.CancelRequested e -> {}
        }
    }

    /** What ran beside the phase that failed was cut off by it. */
    private static void failed(PhaseRow row, ExecutionEvent.Failed e) {
        if (!row.phaseId.equals(e.phaseId())) {
            over(row, "interrupted", e.at(), "cut off, because " + e.phaseId() + " failed beside it");
            return;
        }
        over(row, "failed", e.at(), e.message());
        row.failureReason = e.reason().wire();
        row.exitCode = e.exitCode();
    }

    private static void planned(PhaseRow row, ExecutionEvent.Queued e) {
        Phase phase = e.plan().phases().stream()
                .filter(p -> row.id.equals(key(e, p.id())))
                .findFirst()
                .orElseThrow();
        row.executionId = e.executionId();
        row.phaseId = phase.id();
        row.name = phase.name();
        row.place = phase.order();
        row.agent = phase.agent();
        row.model = phase.model();
        row.timeoutSeconds = phase.timeoutSeconds();
        row.maxCostUsd = phase.maxCostUsd();
    }

    private static void started(PhaseRow row, ExecutionEvent.PhaseStarted e) {
        row.status = "running";
        row.sessionId = e.sessionId();
        row.startedAt = e.at();
        row.completedAt = null;
    }

    private static void finished(PhaseRow row, AgentResult result) {
        row.inputTokens += result.usage().input();
        row.outputTokens += result.usage().output();
        row.cacheCreationTokens += result.usage().cacheCreation();
        row.cacheReadTokens += result.usage().cacheRead();
        row.toolCalls += result.toolCalls();
        row.exitCode = result.exitCode();
        row.model = result.model() == null ? row.model : result.model();
        row.costUsd = result.costUsd() == null ? row.costUsd : row.costUsd.add(result.costUsd());
        Map<String, String> costs = new TreeMap<>(row.costByModel);
        result.costByModel()
                .forEach((model, cost) -> costs.merge(
                        model, Wire.money(cost), (a, b) -> Wire.money(new BigDecimal(a).add(new BigDecimal(b)))));
        row.costByModel = costs;
    }

    /** The phase is still to come again; what it has cost so far stays. */
    private static void retried(PhaseRow row) {
        over(row, "pending", null, null);
        row.failureReason = null;
        row.exitCode = null;
        row.startedAt = null;
        row.sessionId = null;
        row.workspaceId = null;
        row.artifactIds = List.of();
    }

    private static void over(PhaseRow row, String status, Instant at, String message) {
        row.status = status;
        row.completedAt = at;
        row.errorMessage = message;
    }
}
