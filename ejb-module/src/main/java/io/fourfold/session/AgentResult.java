package io.fourfold.session;

import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How an agent ended.
 *
 * @param exitCode    of its process
 * @param success     whether the phase may go on
 * @param reason      why not, null on success
 * @param message     its last words: the final reply, or on failure the last lines of output
 * @param usage       all models together
 * @param costUsd     by our price table
 * @param unpriced    models whose price is not known: their tokens are counted, their cost is not
 * @param costByModel model to cost
 */
public record AgentResult(
        int exitCode,
        boolean success,
        Reason reason,
        String message,
        Usage usage,
        BigDecimal costUsd,
        List<String> unpriced,
        Map<String, BigDecimal> costByModel,
        String model,
        int toolCalls,
        long durationMs) {

    /** This one and what an earlier try of the same used: how it ended is this one's. */
    public AgentResult after(AgentResult earlier) {
        Map<String, BigDecimal> costs = new TreeMap<>(earlier.costByModel);
        costByModel.forEach((name, cost) -> costs.merge(name, cost, BigDecimal::add));
        return new AgentResult(
                exitCode,
                success,
                reason,
                message,
                usage.plus(earlier.usage),
                costUsd == null || earlier.costUsd == null
                        ? Objects.requireNonNullElse(costUsd, earlier.costUsd)
                        : costUsd.add(earlier.costUsd),
                Stream.concat(unpriced.stream(), earlier.unpriced.stream())
                        .distinct()
                        .sorted()
                        .toList(),
                costs,
                model == null ? earlier.model : model,
                toolCalls + earlier.toolCalls,
                durationMs + earlier.durationMs);
    }
}
