package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.ModelUsage;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.agent.Text;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** How an agent's run is judged: the deadline and the budget first, then its own word, then its exit code. */
final class Verdict {

    /** No process has ended. */
    static final int NO_EXIT_CODE = -1;

    private final Phase phase;
    private final AgentLines lines;
    private final LongSupplier millis;

    /** @param millis how long the agent has worked so far */
    Verdict(Phase phase, AgentLines lines, LongSupplier millis) {
        this.phase = phase;
        this.lines = lines;
        this.millis = millis;
    }

    /** {@code late}: it was stopped for having worked too long. */
    AgentResult of(int exitCode, boolean late) {
        Summary summary = lines.summary();
        Reason reason = reason(summary, exitCode, late);
        String words = reason == null ? reply(summary) : words(reason, summary);
        return result(summary, exitCode, reason, words, millis.getAsLong());
    }

    /** For an agent that the machinery around it let down. */
    AgentResult broken(Reason reason, String message) {
        return result(lines.summary(), NO_EXIT_CODE, reason, message, millis.getAsLong());
    }

    private static AgentResult result(Summary summary, int exitCode, Reason reason, String words, long durationMs) {
        Map<String, BigDecimal> costs = new TreeMap<>();
        for (ModelUsage used : summary.models().values()) {
            costs.put(used.model(), used.cost().orElse(BigDecimal.ZERO));
        }
        return new AgentResult(
                exitCode,
                reason == null,
                reason,
                Text.reply(words),
                summary.usage(),
                summary.costUsd(),
                summary.unpriced(),
                costs,
                summary.model() == null ? null : Text.reply(summary.model()),
                summary.toolsInOrder().size(),
                durationMs);
    }

    private Reason reason(Summary summary, int exitCode, boolean late) {
        if (late) {
            return Reason.TIMEOUT;
        }
        if (lines.overBudget()) {
            return Reason.BUDGET;
        }
        if (Boolean.FALSE.equals(summary.success())) {
            return summary.sessionError() == null
                    ? Reason.TASK
                    : Reason.valueOf(summary.sessionError().toUpperCase(Locale.ROOT));
        }
        return summary.success() == null && exitCode != 0 || summary.success() == null && isModel()
                ? Reason.TASK
                : null;
    }

    /** A model's session that ended without a result was cut off, whatever its exit code. */
    private boolean isModel() {
        return !phase.agent().equals("command");
    }

    private String reply(Summary summary) {
        return summary.resultText() == null ? lines.lastLines() : summary.resultText();
    }

    private String words(Reason reason, Summary summary) {
        return switch (reason) {
            case TIMEOUT -> "Stopped after " + phase.timeoutSeconds() + " s (timeout_seconds)\n" + lines.lastLines();
            case BUDGET -> budget(summary);
            case TASK, PROVIDER_CAPACITY, RATE_LIMITED, AUTH, WORKSPACE, INTERRUPTED, CONCURRENCY -> reply(summary);
        };
    }

    private static String budget(Summary summary) {
        return summary.unpriced().isEmpty()
                ? "Stopped at its budget: " + summary.costUsd().toPlainString() + " USD were spent"
                : "Stopped because its budget cannot be kept: there is no price for "
                        + String.join(", ", summary.unpriced());
    }
}
