package io.fourfold.orchestration.execution;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.QueueRow;
import java.util.Set;

/** {@code execution_queue}: what waits for a runner, first in, first out; an execution leaves it when it is over. */
public final class ExecutionQueue implements Projection<QueueRow> {

    /** Its name in the table of all queues. */
    public static final String QUEUE = "execution";

    @Override
    public String name() {
        return "execution_queue";
    }

    @Override
    public Class<QueueRow> rowType() {
        return QueueRow.class;
    }

    @Override
    public String shares() {
        return QUEUE;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return ExecutionEvent.CODEC
                .read(entry)
                .map(e -> Set.of(e.executionId()))
                .orElse(Set.of());
    }

    @Override
    public QueueRow fold(String key, QueueRow current, Entry entry) {
        return switch (ExecutionEvent.CODEC.read(entry).orElseThrow()) {
            case ExecutionEvent.Queued e -> waiting(key, current, entry);
            case ExecutionEvent.Retried e -> waiting(key, current, entry);
            case ExecutionEvent.Completed e -> null;
            case ExecutionEvent.Failed e -> null;
            case ExecutionEvent.Cancelled e -> null;
            case ExecutionEvent.Interrupted e -> null;
            case ExecutionEvent.Started e -> current;
            case ExecutionEvent.PhaseStarted e -> current;
            case ExecutionEvent.PhaseSkipped e -> current;
            case ExecutionEvent.MessageInjected e -> current;
            case ExecutionEvent.WorkspaceReady e -> current;
            case ExecutionEvent.AgentFinished e -> current;
            case ExecutionEvent.ArtifactsCollected e -> current;
            case ExecutionEvent.PhaseCompleted e -> current;
            case ExecutionEvent.PauseRequested e -> current;
            case ExecutionEvent.Paused e -> current;
            case ExecutionEvent.Resumed e -> current;
            case ExecutionEvent.CancelRequested e -> current;
        };
    }

    private static QueueRow waiting(String key, QueueRow current, Entry entry) {
        QueueRow row = current == null ? new QueueRow() : current;
        row.id = key;
        row.queue = QUEUE;
        row.lane = "";
        row.position = entry.position();
        return row;
    }
}
