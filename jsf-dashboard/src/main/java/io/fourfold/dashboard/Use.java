package io.fourfold.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Display;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.Usage;
import io.fourfold.view.PhaseRow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What agents used, from what was seen of them: so it grows while they run. A message is reported more than once and
 * counts with its last report; once a session has summed itself up, that is the truth.
 */
record Use(Usage usage, BigDecimal cost, Map<String, Model> models, long tools, long failedTools) {

    record Model(Usage usage, BigDecimal cost) {
        static final Model NONE = new Model(Usage.NONE, BigDecimal.ZERO);

        Model plus(Model other) {
            return new Model(usage.plus(other.usage), cost.add(other.cost));
        }
    }

    /** A row of the table of costs; {@code cost} is null for a model without a price. */
    public record Line(String model, String name, String tokens, String cost) {}

    private static final class Session {
        private final Map<String, Map<String, Model>> messages = new HashMap<>();
        private Map<String, Model> summary;

        private Map<String, Model> models() {
            Map<String, Model> all = new TreeMap<>();
            Iterable<Map<String, Model>> parts = summary == null ? messages.values() : List.of(summary);
            parts.forEach(part -> part.forEach((name, model) -> all.merge(name, model, Model::plus)));
            return all;
        }
    }

    static Use of(List<Observation> seen) {
        Map<String, Session> sessions = new HashMap<>();
        long tools = 0;
        long failed = 0;
        for (Observation o : seen) {
            Session session = sessions.computeIfAbsent(o.sessionId(), id -> new Session());
            JsonNode data = o.data().tree();
            if (o.type() == ObservationType.TOKENS_USED) {
                String model = data.path("model").asText("unknown");
                session.messages.put(data.path("message_id").asText(), Map.of(model, model(data)));
            } else if (o.type() == ObservationType.SESSION_SUMMARY) {
                session.summary = new TreeMap<>();
                data.path("models").properties().forEach(m -> session.summary.put(m.getKey(), model(m.getValue())));
            }
            tools += o.type() == ObservationType.TOOL_STARTED ? 1 : 0;
            failed += o.type() == ObservationType.TOOL_FAILED || o.type() == ObservationType.TOOL_BLOCKED ? 1 : 0;
        }
        Map<String, Model> models = new TreeMap<>();
        sessions.values().forEach(s -> s.models().forEach((name, model) -> models.merge(name, model, Model::plus)));
        Model all = models.values().stream().reduce(Model.NONE, Model::plus);
        return new Use(all.usage(), all.cost(), models, tools, failed);
    }

    private static Model model(JsonNode data) {
        Usage usage = new Usage(
                data.path("input_tokens").asLong(),
                data.path("output_tokens").asLong(),
                data.path("cache_creation_tokens").asLong(),
                data.path("cache_read_tokens").asLong());
        String cost = data.path("cost_usd").asText("");
        return new Model(usage, cost.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cost));
    }

    /** Tokens as seen, costs as booked where a phase has booked them. */
    List<Line> lines(List<PhaseRow> phases, List<String> unpriced) {
        Map<String, BigDecimal> booked = new TreeMap<>();
        phases.forEach(p -> p.costByModel.forEach((m, usd) -> booked.merge(m, new BigDecimal(usd), BigDecimal::add)));
        Map<String, Model> rows = new TreeMap<>(models);
        booked.keySet().forEach(name -> rows.putIfAbsent(name, Model.NONE));
        return rows.entrySet().stream()
                .map(row -> line(row.getKey(), row.getValue(), booked, unpriced))
                .toList();
    }

    private static Line line(String name, Model model, Map<String, BigDecimal> booked, List<String> unpriced) {
        BigDecimal cost = model.cost().max(booked.getOrDefault(name, BigDecimal.ZERO));
        return new Line(
                name,
                Words.model(name),
                Display.tokens(model.usage().total()),
                unpriced.contains(name) ? null : Display.cost(cost));
    }

    /** Of all tokens that went in, how many came from the cache; in whole percent. */
    static long cachedPercent(Usage usage) {
        long in = usage.input() + usage.cacheCreation() + usage.cacheRead();
        return in == 0 ? 0 : Math.round(100.0 * usage.cacheRead() / in);
    }
}
