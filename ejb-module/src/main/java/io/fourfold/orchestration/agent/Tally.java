package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tokens of one session. While it runs, and when no result comes, each message counts once with the largest value
 * per class; the result's {@code modelUsage} is the truth, its {@code usage} when it has no models.
 */
final class Tally {

    /** Messages which the command line tool makes up itself; no model was asked. */
    private static final String SYNTHETIC = "<synthetic>";

    private record Message(String model, Usage usage) {}

    private final Prices prices;
    private final Map<String, Message> messages = new HashMap<>();
    private final Map<String, Usage> counted = new TreeMap<>();
    private Map<String, ModelUsage> truth = Map.of();

    Tally(Prices prices) {
        this.prices = prices;
    }

    /** Counts one report of a message; the message's use so far, empty when nothing grew. */
    Optional<ModelUsage> count(String messageId, String model, JsonNode reported) {
        if (messageId.isEmpty() || !reported.isObject() || isSynthetic(model)) {
            return Optional.empty();
        }
        Usage before = messages.containsKey(messageId) ? messages.get(messageId).usage() : Usage.NONE;
        Usage now = before.max(snakeCase(reported));
        messages.put(messageId, new Message(model, now));
        if (now.equals(before)) {
            return Optional.empty();
        }
        counted.merge(model, minus(now, before), Usage::plus);
        return Optional.of(priced(model, now, null));
    }

    /** Takes the figures of a result line; {@code mainModel} is the one that {@code usage} is booked on. */
    void settle(JsonNode result, String mainModel) {
        Map<String, ModelUsage> models = new TreeMap<>();
        result.path("modelUsage")
                .properties()
                .forEach(row -> models.put(
                        row.getKey(),
                        priced(row.getKey(), camelCase(row.getValue()), money(row.getValue(), "costUSD"))));
        Usage whole = snakeCase(result.path("usage"));
        if (models.isEmpty() && whole.total() > 0) {
            models.put(mainModel, priced(mainModel, whole, money(result, "total_cost_usd")));
        }
        truth = models;
    }

    /** By model, ascending by name. */
    Map<String, ModelUsage> models() {
        if (!truth.isEmpty()) {
            return truth;
        }
        Map<String, ModelUsage> models = new TreeMap<>();
        counted.forEach((model, usage) -> models.put(model, priced(model, usage, null)));
        return models;
    }

    Usage total() {
        return models().values().stream().map(ModelUsage::usage).reduce(Usage.NONE, Usage::plus);
    }

    /** The sum over the priced models, in US dollars. */
    BigDecimal cost() {
        return models().values().stream()
                .flatMap(model -> model.cost().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    int messages() {
        return messages.size();
    }

    static boolean isSynthetic(String model) {
        return model.equals(SYNTHETIC);
    }

    static BigDecimal money(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? value.decimalValue() : null;
    }

    private ModelUsage priced(String model, Usage usage, BigDecimal providerCost) {
        return new ModelUsage(model, usage, prices.of(model).orElse(null), providerCost);
    }

    private static Usage snakeCase(JsonNode usage) {
        return new Usage(
                tokens(usage, "input_tokens"),
                tokens(usage, "output_tokens"),
                tokens(usage, "cache_creation_input_tokens"),
                tokens(usage, "cache_read_input_tokens"));
    }

    private static Usage camelCase(JsonNode usage) {
        return new Usage(
                tokens(usage, "inputTokens"),
                tokens(usage, "outputTokens"),
                tokens(usage, "cacheCreationInputTokens"),
                tokens(usage, "cacheReadInputTokens"));
    }

    private static long tokens(JsonNode usage, String field) {
        return Math.max(0, usage.path(field).asLong(0));
    }

    private static Usage minus(Usage now, Usage before) {
        return new Usage(
                now.input() - before.input(),
                now.output() - before.output(),
                now.cacheCreation() - before.cacheCreation(),
                now.cacheRead() - before.cacheRead());
    }
}
