package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.Seen;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.agent.Transcript;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Takes an agent's lines as they come: each is kept in the conversation, becomes observations, counts against the
 * budget, and may be a yield point. Standard output and standard error arrive on threads of their own, one at a time
 * here.
 */
final class AgentLines implements Sandbox.LineSink {

    static final int LAST_LINES_MAX = 20;
    private static final int LAST_LINE_MAX_CHARS = 500;

    /** Whether an agent that has cost so much is to be stopped. */
    interface Budget {
        boolean isReached(BigDecimal costUsd);
    }

    /** Where the observations belong. */
    record Place(String executionId, String sessionId, String phaseId) {}

    private final Place place;
    private final Transcript transcript;
    private final Numbers numbers;
    private final Clock clock;
    private final Consumer<Observation> telemetry;
    private final Seat seat;
    private final Budget budget;
    private final Journal journal;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Map<Sandbox.Stream, Integer> taken = new EnumMap<>(Sandbox.Stream.class);
    private final ReentrantLock lock = new ReentrantLock();
    private boolean unpriced;
    private boolean overBudget;

    /**
     * With what another server took already.
     *
     * @param numbers of all that the execution's agents are seen to do
     * @param folder where journals are
     * @param budget null for no limit
     */
    AgentLines(
            Place place,
            Transcript transcript,
            Numbers numbers,
            Clock clock,
            Consumer<Observation> telemetry,
            Path folder,
            Seat seat,
            Budget budget)
            throws IOException {
        this.place = place;
        this.transcript = transcript;
        this.numbers = numbers;
        this.clock = clock;
        this.telemetry = telemetry;
        this.seat = seat;
        this.budget = budget;
        this.journal = Journal.open(folder, place.sessionId(), this::again);
    }

    /** A line that was taken before; what it was seen to do may have been lost, and comes with the same numbers. */
    private void again(Sandbox.Stream stream, String text, Instant at, long first) {
        count(stream, text);
        List<Seen> all = transcript.accept(stream, text, at);
        numbers.atLeast(first + all.size() - 1);
        weigh(all);
        observe(all, at, first);
    }

    @Override
    public void line(Sandbox.Stream stream, String text) {
        lock.lock();
        try {
            if (!seat.takesLines()) {
                return;
            }
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<Seen> all = transcript.accept(stream, text, at);
            numbers.next(all.size(), first -> {
                journal.keep(stream, text, at, first);
                observe(all, at, first);
            });
            count(stream, text);
            weigh(all);
            String yieldPoint = null;
            for (Seen seen : all) {
                yieldPoint = yieldPoint(seen, yieldPoint);
            }
            if (overBudget) {
                seat.stopAgent();
            } else if (yieldPoint != null) {
                seat.yield(yieldPoint);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot write the conversation of " + place.sessionId(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the lines of an agent that come from the first one on, and passes over those that were taken before. */
    Sandbox.LineSink rest() {
        Map<Sandbox.Stream, Integer> before = new EnumMap<>(taken);
        return (stream, text) -> {
            int left = before.getOrDefault(stream, 0);
            if (left > 0) {
                before.put(stream, left - 1);
            } else {
                line(stream, text);
            }
        };
    }

    /** Lines taken so far. */
    int taken() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void count(Sandbox.Stream stream, String text) {
        taken.merge(stream, 1, Integer::sum);
        lastLines.addLast(text.substring(0, Math.min(text.length(), LAST_LINE_MAX_CHARS)));
        if (lastLines.size() > LAST_LINES_MAX) {
            lastLines.removeFirst();
        }
    }

    private void observe(List<Seen> all, Instant at, long first) {
        long number = first;
        for (Seen seen : all) {
            telemetry.accept(new Observation(
                    place.executionId(), number++, place.sessionId(), place.phaseId(), at, seen.type(), seen.data()));
        }
    }

    private void weigh(List<Seen> all) {
        for (Seen seen : all) {
            unpriced |= seen.type() == ObservationType.TOKENS_USED
                    && !seen.data().tree().has("cost_usd");
        }
        overBudget |= budget != null && (budget.isReached(transcript.runningCost()) || unpriced);
    }

    private static String yieldPoint(Seen seen, String before) {
        return switch (seen.type()) {
            case TOOL_COMPLETED, TOOL_FAILED ->
                "after tool " + seen.data().text("tool_name").orElse("result");
            case MESSAGE, TOKENS_USED -> before == null ? "after model response" : before;
            case TOOL_STARTED,
                    TOOL_BLOCKED,
                    STREAM_CHUNK,
                    THINKING,
                    SUBAGENT_STARTED,
                    SUBAGENT_STOPPED,
                    GIT_COMMIT,
                    GIT_PUSH,
                    GIT_OPERATION,
                    SESSION_SUMMARY,
                    ERROR,
                    SECURITY_DECISION,
                    CONTEXT_COMPACTED,
                    PROMPT_SUBMITTED,
                    OTLP -> before;
        };
    }

    /** Stopped for its budget: it was spent, or a model without a price made it impossible to keep. */
    boolean overBudget() {
        return overBudget;
    }

    /** There is nothing left to spend before it began. */
    void exhausted() {
        overBudget = true;
    }

    /** The lines as they came. */
    Journal journal() {
        return journal;
    }

    Summary summary() {
        return transcript.summary();
    }

    String lastLines() {
        return String.join("\n", lastLines);
    }
}
