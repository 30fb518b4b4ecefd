package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.ModelUsage;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How an agent's run is judged: the deadline and the budget first, then its own word, then its exit code. */
final class Verdict {

    private final Phase phase;
    private final AgentLines lines;
    private final boolean late;

    Verdict(Phase phase, AgentLines lines, boolean late) {
        this.phase = phase;
        this.lines = lines;
        this.late = late;
    }

    /** An agent that could not be started, or whose lines could not be taken. */
    static AgentResult broken(String why) {
        return new AgentResult(
                -1, false, Reason.WORKSPACE, why, Usage.NONE, BigDecimal.ZERO, List.of(), Map.of(), null, 0, 0);
    }

    AgentResult of(int exitCode, long durationMs) {
        Summary summary = lines.summary();
        Reason reason = reason(summary, exitCode);
        Map<String, BigDecimal> costs = new TreeMap<>();
        for (ModelUsage used : summary.models().values()) {
            costs.put(used.model(), used.cost().orElse(BigDecimal.ZERO));
        }
        return new AgentResult(
                exitCode,
                reason == null,
                reason,
                reason == null ? reply(summary) : words(reason, summary),
                summary.usage(),
                summary.costUsd(),
                summary.unpriced(),
                costs,
                summary.model(),
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
            case TASK, PROVIDER_CAPACITY, RATE_LIMITED, AUTH, WORKSPACE, INTERRUPTED -> reply(summary);
        };
    }

    private static String budget(Summary summary) {
        return summary.unpriced().isEmpty()
                ? "Stopped at its budget: " + summary.costUsd().toPlainString() + " USD were spent"
                : "Stopped because its budget cannot be kept: there is no price for "
                        + String.join(", ", summary.unpriced());
    }
}
