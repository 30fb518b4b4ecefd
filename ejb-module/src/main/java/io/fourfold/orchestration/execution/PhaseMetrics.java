package io.fourfold.orchestration.execution;

import io.fourfold.kit.Projection;
import io.fourfold.kit.ThreadFold;
import io.fourfold.log.Entry;
import io.fourfold.session.AgentResult;
import io.fourfold.view.PhaseMetricsRow;
import java.util.Set;

/** {@code phase_metrics}: each phase of each workflow, over all its executions. */
public final class PhaseMetrics implements Projection<PhaseMetricsRow> {

    private final ThreadFold<Life> lives;

    public PhaseMetrics(ThreadFold<Life> lives) {
        this.lives = lives;
    }

    @Override
    public String name() {
        return "phase_metrics";
    }

    @Override
    public Class<PhaseMetricsRow> rowType() {
        return PhaseMetricsRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        if (!ExecutionEvent.CODEC.isOne(entry)) {
            return Set.of();
        }
        Life life = lives.step(entry).after();
        String phase = phase(ExecutionEvent.CODEC.read(entry).orElseThrow());
        return phase == null || !life.exists() ? Set.of() : Set.of(life.workflowId() + "/" + phase);
    }

    /** The phase an event is counted for, or null. */
    private static String phase(ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.PhaseStarted e -> e.phaseId();
            case ExecutionEvent.AgentFinished e -> e.phaseId();
            case ExecutionEvent.ArtifactsCollected e -> e.phaseId();
            case ExecutionEvent.PhaseCompleted e -> e.phaseId();
            case ExecutionEvent.Failed e -> e.phaseId();
            case ExecutionEvent.Queued e -> null;
            case ExecutionEvent.PhaseSkipped e -> null;
            case ExecutionEvent.MessageInjected e -> null;
            case ExecutionEvent.Started e -> null;
            case ExecutionEvent.WorkspaceReady e -> null;
            case ExecutionEvent.Completed e -> null;
            case ExecutionEvent.PauseRequested e -> null;
            case ExecutionEvent.Paused e -> null;
            case ExecutionEvent.Resumed e -> null;
            case ExecutionEvent.CancelRequested e -> null;
            case ExecutionEvent.Cancelled e -> null;
            case ExecutionEvent.Interrupted e -> null;
            case ExecutionEvent.Retried e -> null;
        };
    }

    @Override
    public PhaseMetricsRow fold(String key, PhaseMetricsRow current, Entry entry) {
        PhaseMetricsRow row = current == null ? new PhaseMetricsRow() : current;
        if (entry.position() <= row.position) {
            return row;
        }
        ExecutionEvent event = ExecutionEvent.CODEC.read(entry).orElseThrow();
        Life life = lives.step(entry).after();
        row.id = key;
        row.workflowId = life.workflowId();
        row.phaseId = phase(event);
        name(row, life);
        row.position = entry.position();
        row.lastAt = entry.recordedAt();
        count(row, event);
        return row;
    }

    private static void name(PhaseMetricsRow row, Life life) {
        row.name = row.name == null ? row.phaseId : row.name;
        life.phases().stream().filter(part -> part.id().equals(row.phaseId)).forEach(part -> {
            row.name = part.name();
            row.place = part.place();
        });
    }

    private static void count(PhaseMetricsRow row, ExecutionEvent event) {
        if (event instanceof ExecutionEvent.PhaseStarted) {
            row.started++;
        } else if (event instanceof ExecutionEvent.AgentFinished finished) {
            add(row, finished.result());
        } else if (event instanceof ExecutionEvent.ArtifactsCollected collected) {
            row.artifacts += collected.artifacts().size();
        } else if (event instanceof ExecutionEvent.PhaseCompleted) {
            row.completed++;
        } else if (event instanceof ExecutionEvent.Failed) {
            row.failed++;
        }
    }

    private static void add(PhaseMetricsRow row, AgentResult result) {
        row.inputTokens += result.usage().input();
        row.outputTokens += result.usage().output();
        row.cacheCreationTokens += result.usage().cacheCreation();
        row.cacheReadTokens += result.usage().cacheRead();
        row.toolCalls += result.toolCalls();
        row.agentMillis += result.durationMs();
        row.costUsd = result.costUsd() == null ? row.costUsd : row.costUsd.add(result.costUsd());
    }
}
