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

/** How an agent's run is judged: the deadline and the budget first, then its own word, then its exit code. */
final class Verdict {

    private static final int NO_EXIT_CODE = -1;

    private final Phase phase;
    private final AgentLines lines;
    private final boolean late;

    Verdict(Phase phase, AgentLines lines, boolean late) {
        this.phase = phase;
        this.lines = lines;
        this.late = late;
    }

    AgentResult of(int exitCode, long durationMs) {
        Summary summary = lines.summary();
        Reason reason = reason(summary, exitCode);
        return result(summary, exitCode, reason, reason == null ? reply(summary) : words(reason, summary), durationMs);
    }

    /** For an agent that the machinery around it let down. */
    AgentResult broken(String message, long durationMs) {
        return result(lines.summary(), NO_EXIT_CODE, Reason.WORKSPACE, message, durationMs);
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

    private Reason reason(Summary summary, int exitCode) {
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
