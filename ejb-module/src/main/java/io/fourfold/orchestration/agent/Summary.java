package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a session came to.
 *
 * @param success         null when the session never said so itself
 * @param model           the main model; null when none was named
 * @param models          ascending by name
 * @param usage           the sum over the models
 * @param costUsd         ours: the sum over the priced models, in US dollars
 * @param unpriced        models that the price list does not know; their tokens are in {@code usage}, not in the cost
 * @param providerCostUsd the provider's own figure; null when it gave none
 * @param resultText      the last word of the agent; null when there was none
 * @param toolsInOrder    the tools it used, in order of first mention
 * @param sessionError    {@code rate_limited}, {@code provider_capacity}, {@code auth} or {@code task}; null when the
 *                        session did not fail
 */
public record Summary(
        Boolean success,
        String model,
        Map<String, ModelUsage> models,
        Usage usage,
        BigDecimal costUsd,
        List<String> unpriced,
        BigDecimal providerCostUsd,
        int numTurns,
        long durationMs,
        String resultText,
        List<String> toolsInOrder,
        String sessionError) {

    Seen seen() {
        return Seen.of(ObservationType.SESSION_SUMMARY, this::writeTo);
    }

    private void writeTo(ObjectNode out) {
        if (success != null) {
            out.put("success", success);
        }
        out.put("num_turns", numTurns);
        out.put("duration_ms", durationMs);
        ModelUsage.writeTokens(out, usage);
        out.put("cost_usd", Wire.money(costUsd));
        if (providerCostUsd != null) {
            out.put("provider_cost_usd", Wire.money(providerCostUsd));
        }
        ObjectNode byModel = out.putObject("models");
        models.values().forEach(used -> used.writeTo(byModel.putObject(used.model())));
        ArrayNode without = out.putArray("unpriced");
        unpriced.forEach(without::add);
    }
}
