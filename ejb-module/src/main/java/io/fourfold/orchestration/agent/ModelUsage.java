package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one model used in a session.
 *
 * @param price        the price in force; null when the model has none, and then it is unpriced
 * @param providerCost the provider's own figure in US dollars; null when it gave none
 */
public record ModelUsage(String model, Usage usage, ModelPrice price, BigDecimal providerCost) {

    public ModelUsage {
        model = Text.clean(model);
    }

    /** Our cost in US dollars; empty when unpriced. */
    public Optional<BigDecimal> cost() {
        return Optional.ofNullable(price).map(row -> row.cost(usage));
    }

    void writeTo(ObjectNode out) {
        writeTokens(out, usage);
        cost().ifPresent(cost -> out.put("cost_usd", Wire.money(cost)));
        if (price == null) {
            out.put("unpriced", true);
        } else {
            writePrice(out.putObject("price"));
        }
        if (providerCost != null) {
            out.put("provider_cost_usd", Wire.money(providerCost));
        }
    }

    private void writePrice(ObjectNode out) {
        out.put("input", Wire.money(price.input()));
        out.put("output", Wire.money(price.output()));
        out.put("cache_write", Wire.money(price.cacheWrite()));
        out.put("cache_read", Wire.money(price.cacheRead()));
    }

    static void writeTokens(ObjectNode out, Usage usage) {
        out.put("input_tokens", usage.input());
        out.put("output_tokens", usage.output());
        out.put("cache_creation_tokens", usage.cacheCreation());
        out.put("cache_read_tokens", usage.cacheRead());
    }
}
