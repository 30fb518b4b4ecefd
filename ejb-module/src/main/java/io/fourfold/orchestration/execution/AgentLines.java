package io.fourfold.orchestration.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.log.Json;
import io.fourfold.orchestration.agent.Seen;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.agent.Transcript;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
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

    /** Where the observations belong. */
    record Place(String executionId, String sessionId, String phaseId) {}

    private final Place place;
    private final Transcript transcript;
    private final AtomicLong seq;
    private final Clock clock;
    private final Consumer<Observation> telemetry;
    private final Writer conversation;
    private final Control control;
    private final BigDecimal budgetUsd;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean unpriced;
    private boolean overBudget;

    AgentLines(
            Place place,
            Transcript transcript,
            AtomicLong seq,
            Clock clock,
            Consumer<Observation> telemetry,
            Writer conversation,
            Control control,
            BigDecimal budgetUsd) {
        this.place = place;
        this.transcript = transcript;
        this.seq = seq;
        this.clock = clock;
        this.telemetry = telemetry;
        this.conversation = conversation;
        this.control = control;
        this.budgetUsd = budgetUsd;
    }

    @Override
    public void line(Sandbox.Stream stream, String text) {
        lock.lock();
        try {
            keep(text);
            String yieldPoint = null;
            for (Seen seen : transcript.accept(stream, text, clock.instant())) {
                observe(seen);
                unpriced |= seen.type() == ObservationType.TOKENS_USED
                        && !seen.data().tree().has("cost_usd");
                yieldPoint = yieldPoint(seen, yieldPoint);
            }
            if (budgetUsd != null && !overBudget && (unpriced || isSpent())) {
                overBudget = true;
                control.stopAgent();
            } else if (yieldPoint != null) {
                control.yield(yieldPoint);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void observe(Seen seen) {
        telemetry.accept(new Observation(
                place.executionId(),
                seq.incrementAndGet(),
                place.sessionId(),
                place.phaseId(),
                clock.instant(),
                seen.type(),
                seen.data()));
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

    private void keep(String text) {
        try {
            conversation.write(text);
            conversation.write('\n');
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot write the conversation of " + place.sessionId(), broken);
        }
        lastLines.addLast(text.substring(0, Math.min(text.length(), LAST_LINE_MAX_CHARS)));
        if (lastLines.size() > LAST_LINES_MAX) {
            lastLines.removeFirst();
        }
    }

    private boolean isSpent() {
        return transcript.runningCost().compareTo(budgetUsd) >= 0;
    }

    /** Stopped for its budget: it was spent, or a model without a price made it impossible to keep. */
    boolean overBudget() {
        return overBudget;
    }

    /** Says of a result that it could not be kept. */
    void leftOut(String why) {
        observe(new Seen(
                ObservationType.ERROR,
                Json.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("reason", "left_out")
                        .put("text", why))));
    }

    Summary summary() {
        return transcript.summary();
    }

    String lastLines() {
        return String.join("\n", lastLines);
    }
}
