package io.fourfold.orchestration.execution;

import io.fourfold.kit.EventCodec;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the phase under way has to be done: its timeout from the start of its agent, and what it was paused for on top.
 *
 * @param at          null while it is paused: then the clock stands still
 * @param leftSeconds of the timeout; 0 when it has passed
 */
public record Deadline(String phaseId, Instant at, long leftSeconds) {

    /** Empty while no agent is at work. */
    public static Optional<Deadline> of(Log log, String executionId, Instant now) {
        List<ExecutionEvent> events = events(log, Execution.threadOf(executionId), ExecutionEvent.CODEC);
        return workspace(events)
                .flatMap(ready -> started(log, ready.workspaceId()).flatMap(start -> timeout(events, ready.phaseId())
                        .map(timeout -> of(ready.phaseId(), start, timeout, events, now))));
    }

    private static Deadline of(
            String phaseId, Instant start, Duration timeout, List<ExecutionEvent> events, Instant now) {
        Duration paused = Duration.ZERO;
        Instant since = null;
        for (ExecutionEvent event : events) {
            if (event instanceof ExecutionEvent.Paused pause && pause.at().isAfter(start)) {
                since = pause.at();
            } else if (event instanceof ExecutionEvent.Resumed resumed && since != null) {
                paused = paused.plus(Duration.between(since, resumed.at()));
                since = null;
            }
        }
        Instant at = start.plus(timeout).plus(paused);
        long left = Duration.between(since == null ? now : since, at).toSeconds();
        return new Deadline(phaseId, since == null ? at : null, Math.max(0, left));
    }

    /** Of the phase whose agent is at work or about to be. */
    private static Optional<ExecutionEvent.WorkspaceReady> workspace(List<ExecutionEvent> events) {
        ExecutionEvent.WorkspaceReady ready = null;
        for (ExecutionEvent event : events) {
            boolean ends = event.isOver()
                    || event instanceof ExecutionEvent.AgentFinished
                    || event instanceof ExecutionEvent.PhaseStarted;
            ready = event instanceof ExecutionEvent.WorkspaceReady now ? now : ends ? null : ready;
        }
        return Optional.ofNullable(ready);
    }

    private static Optional<Instant> started(Log log, String workspaceId) {
        return events(log, ThreadId.of("workspace", workspaceId), Workspace.Event.CODEC).stream()
                .filter(Workspace.Event.AgentStarted.class::isInstance)
                .map(event -> ((Workspace.Event.AgentStarted) event).at())
                .findFirst();
    }

    private static Optional<Duration> timeout(List<ExecutionEvent> events, String phaseId) {
        return events.stream()
                .filter(ExecutionEvent.Queued.class::isInstance)
                .flatMap(event -> ((ExecutionEvent.Queued) event).plan().phases().stream())
                .filter(phase -> phase.id().equals(phaseId))
                .map(Phase::timeoutSeconds)
                .map(Duration::ofSeconds)
                .findFirst();
    }

    private static <E> List<E> events(Log log, ThreadId thread, EventCodec<E> codec) {
        List<E> events = new ArrayList<>();
        long read = 0;
        List<Entry> page;
        do {
            page = log.thread(thread, read, Log.READ_MAX);
            page.forEach(entry -> codec.read(entry).ifPresent(events::add));
            read += page.size();
        } while (page.size() == Log.READ_MAX);
        return events;
    }
}
