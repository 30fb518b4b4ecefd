package io.fourfold.orchestration.execution;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.QueueRow;
import java.util.List;
import java.util.Set;

/**
 * {@code execution_queue}: what waits for a runner, first in, first out, a lane for each concurrency key. An execution
 * leaves it when it is over and its runner has let go; a paused one, whose agent is held, keeps its place.
 */
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
            case ExecutionEvent.Queued e -> waiting(key, current, e.plan().ticket(), entry);
            case ExecutionEvent.Retried e -> waiting(key, current, e.ticket(), entry);
            case ExecutionEvent.Started e -> begun(current);
            case ExecutionEvent.Completed e -> over(current);
            case ExecutionEvent.Failed e -> over(current);
            case ExecutionEvent.Cancelled e -> over(current);
            case ExecutionEvent.Interrupted e -> over(current);
            case ExecutionEvent.PhaseStarted e -> begun(current);
            case ExecutionEvent.PhaseSkipped e -> begun(current);
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

    private static QueueRow waiting(String key, QueueRow current, Ticket ticket, Entry entry) {
        QueueRow row = current == null ? new QueueRow() : current;
        row.id = key;
        row.queue = QUEUE;
        row.lane = ticket.lane();
        row.laneLimit = ticket.limit();
        row.tags = ticket.tags();
        row.position = entry.position();
        row.notBefore = null;
        row.begun = false;
        row.over = false;
        return row;
    }

    private static QueueRow begun(QueueRow row) {
        if (row != null) {
            row.begun = true;
            row.tags = List.of();
        }
        return row;
    }

    /** While a worker holds it, its room is taken. */
    private static QueueRow over(QueueRow row) {
        if (row == null || row.leasedUntil == null) {
            return null;
        }
        row.over = true;
        return row;
    }
}
