package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import io.fourfold.telemetry.Usage;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The five numbers of an execution, each beside its limit. */
final class Facts {

    private Facts() {}

    static List<Figure> of(ExecutionRow row, List<PhaseRow> phases, Use use, int artifacts, Instant now) {
        return List.of(time(row, phases, now), cost(row, use), tokens(row, use), tools(row, use), left(artifacts));
    }

    private static Figure time(ExecutionRow row, List<PhaseRow> phases, Instant now) {
        long seconds = phases.stream().mapToLong(p -> p.timeoutSeconds).sum();
        String limit = seconds == 0 ? "no deadline" : "of " + Display.limit(Duration.ofSeconds(seconds)) + " deadline";
        if (row.startedAt == null) {
            return Figure.of("time", "—", "not started, " + limit);
        }
        String took = Display.duration(Display.between(row.startedAt, row.completedAt, now));
        return new Figure("time", took, limit, row.isOver() ? null : row.startedAt.toString());
    }

    private static Figure cost(ExecutionRow row, Use use) {
        BigDecimal spent = row.costUsd.max(use.cost());
        String limit = row.maxCostUsd == null ? "no budget set" : "of " + Display.cost(row.maxCostUsd) + " budget";
        String gap = row.unpriced.isEmpty() ? "" : ", some models have no price";
        return Figure.of("cost", Display.cost(spent), limit + gap);
    }

    private static Figure tokens(ExecutionRow row, Use use) {
        boolean booked = row.totalTokens() >= use.usage().total();
        Usage usage = booked
                ? new Usage(row.inputTokens, row.outputTokens, row.cacheCreationTokens, row.cacheReadTokens)
                : use.usage();
        String cached = usage.total() == 0 ? "" : ", " + Use.cachedPercent(usage) + " % cached";
        return Figure.of("tokens", Display.tokens(usage.total()), "tokens" + cached);
    }

    private static Figure tools(ExecutionRow row, Use use) {
        long calls = Math.max(row.toolCalls, use.tools());
        return Figure.of("tools", Words.whole(calls), "tools, " + use.failedTools() + " failed");
    }

    private static Figure left(int artifacts) {
        return Figure.of("artifacts", Integer.toString(artifacts), artifacts == 1 ? "artifact" : "artifacts");
    }
}
