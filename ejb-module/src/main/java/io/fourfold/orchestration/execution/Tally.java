package io.fourfold.orchestration.execution;

import io.fourfold.kit.ThreadFold.Step;
import io.fourfold.log.Entry;
import io.fourfold.session.AgentResult;
import io.fourfold.view.TallyRow;

/** Counts executions by where they stand, so that what is tried again is counted once, where it stands last. */
public final class Tally {

    private Tally() {}

    /** Of an entry that the row has met, nothing is counted again. */
    public static <R extends TallyRow> R count(R row, Step<Life> step, Entry entry) {
        if (entry.position() <= row.position) {
            return row;
        }
        Life after = step.after();
        row.position = entry.position();
        row.day = after.day().toString();
        row.lastAt = entry.recordedAt();
        row.executions += step.before().exists() ? 0 : 1;
        if (step.before().status() != after.status()) {
            move(row, step.before().status(), -1);
            move(row, after.status(), 1);
        }
        ExecutionEvent.CODEC.read(entry).ifPresent(event -> use(row, event));
        return row;
    }

    private static void use(TallyRow row, ExecutionEvent event) {
        if (event instanceof ExecutionEvent.AgentFinished finished) {
            add(row, finished.result());
        } else if (event instanceof ExecutionEvent.ArtifactsCollected collected) {
            row.artifacts += collected.artifacts().size();
        }
    }

    private static void add(TallyRow row, AgentResult result) {
        row.inputTokens += result.usage().input();
        row.outputTokens += result.usage().output();
        row.cacheCreationTokens += result.usage().cacheCreation();
        row.cacheReadTokens += result.usage().cacheRead();
        row.toolCalls += result.toolCalls();
        row.costUsd = result.costUsd() == null ? row.costUsd : row.costUsd.add(result.costUsd());
    }

    private static void move(TallyRow row, Status status, int by) {
        if (status == null) {
            return;
        }
        switch (status) {
            case NOT_STARTED -> row.notStarted += by;
            case RUNNING -> row.running += by;
            case PAUSED -> row.paused += by;
            case COMPLETED -> row.completed += by;
            case FAILED -> row.failed += by;
            case CANCELLED -> row.cancelled += by;
            case INTERRUPTED -> row.interrupted += by;
        }
    }
}
