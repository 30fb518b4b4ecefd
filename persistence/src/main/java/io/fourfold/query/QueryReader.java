package io.fourfold.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.query.Query.Order;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/** Reads {@code {filter, order, limit, cursor, count, explain}}; every fault is an {@link InvalidQuery}. */
public final class QueryReader {

    private static final List<String> FIELDS = List.of("filter", "order", "limit", "cursor", "count", "explain");

    /** Keeps decimals as they are written; what {@link Json} has let through is no longer than its limits. */
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(CanonicalJson.TEXT_BYTES_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private QueryReader() {}

    public static Query read(String text) {
        JsonNode body;
        try {
            body = exactly(Json.parse(text));
        } catch (InvalidRecord broken) {
            throw new InvalidQuery(broken.field().isEmpty() ? "body" : broken.field(), broken.getMessage());
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new InvalidQuery(
                        FilterReader.shown(name), "expected one of " + FIELDS + ", but this field is unknown");
            }
        }
        JsonNode filter = body.path("filter");
        Order order = order(body.path("order"));
        return new Query(
                filter.isMissingNode() ? Filter.ALL : FilterReader.read(filter),
                order,
                limit(body.path("limit")),
                from(body.path("cursor"), order),
                flag(body, "count"),
                flag(body, "explain"));
    }

    static JsonNode exactly(Json json) {
        try {
            return MAPPER.readTree(json.canonical());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Canonical JSON does not parse: " + json, impossible);
        }
    }

    private static Order order(JsonNode given) {
        return switch (given.isMissingNode() ? "asc" : given.asText()) {
            case "asc" -> Order.ASC;
            case "desc" -> Order.DESC;
            default -> throw new InvalidQuery("order", "expected asc or desc, but was " + FilterReader.shown(given));
        };
    }

    private static int limit(JsonNode given) {
        if (given.isMissingNode()) {
            return Query.LIMIT_DEFAULT;
        }
        if (!given.isInt() || given.intValue() < 1 || given.intValue() > Query.LIMIT_MAX) {
            throw new InvalidQuery(
                    "limit", "expected 1 to " + Query.LIMIT_MAX + ", but was " + FilterReader.shown(given));
        }
        return given.intValue();
    }

    private static OptionalLong from(JsonNode given, Order order) {
        if (given.isMissingNode() || given.isNull()) {
            return OptionalLong.empty();
        }
        if (!given.isTextual()) {
            throw new InvalidQuery("cursor", "expected text, but was " + FilterReader.shown(given));
        }
        return OptionalLong.of(Cursor.read(given.textValue(), order));
    }

    private static boolean flag(JsonNode body, String name) {
        JsonNode given = body.path(name);
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw new InvalidQuery(name, "expected true or false, but was " + FilterReader.shown(given));
        }
        return given.asBoolean(false);
    }
}
