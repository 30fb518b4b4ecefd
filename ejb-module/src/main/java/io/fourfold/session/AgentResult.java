package io.fourfold.session;

import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

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
        long durationMs) {}
