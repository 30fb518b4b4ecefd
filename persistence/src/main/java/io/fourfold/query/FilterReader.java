package io.fourfold.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.query.Field.Column;
import io.fourfold.query.Filter.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a filter. What is unknown, of the wrong type or too much is refused with its path. */
final class FilterReader {

    /** {@code $and}, {@code $or} and {@code $not} within each other. */
    static final int DEPTH_MAX = 16;

    /** Comparisons in one filter. */
    static final int TERMS_MAX = 200;

    /** Values of one {@code $in}. */
    static final int VALUES_MAX = 1_000;

    private static final int SHOWN_CHARS_MAX = 60;
    private static final String LOGIC = "$and, $or, $not";
    private static final String OPERATORS = "$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $not";

    private int terms;

    private FilterReader() {}

    static Filter read(JsonNode filter) {
        return new FilterReader().filter(filter, "filter", 0);
    }

    private Filter filter(JsonNode node, String path, int depth) {
        if (!node.isObject()) {
            throw new InvalidQuery(path, "expected an object, but was " + shown(node));
        }
        if (depth > DEPTH_MAX) {
            throw new InvalidQuery(path, "expected at most " + DEPTH_MAX + " levels, but there are more");
        }
        List<Filter> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            String place = path + "." + shown(name);
            all.add(
                    switch (name) {
                        case "$and" -> new Filter.All(filters(member.getValue(), place, depth));
                        case "$or" -> new Filter.Any(filters(member.getValue(), place, depth));
                        case "$not" -> new Filter.Not(filter(member.getValue(), place, depth + 1));
                        default -> conditions(field(name, place), member.getValue(), place, depth);
                    });
        }
        return all.size() == 1 ? all.get(0) : new Filter.All(all);
    }

    private List<Filter> filters(JsonNode node, String path, int depth) {
        if (!node.isArray() || node.isEmpty()) {
            throw new InvalidQuery(path, "expected an array with at least one filter, but was " + shown(node));
        }
        List<Filter> filters = new ArrayList<>();
        for (JsonNode element : node) {
            filters.add(filter(element, path + "[" + filters.size() + "]", depth + 1));
        }
        return filters;
    }

    private static Field field(String name, String path) {
        if (name.startsWith("$")) {
            throw new InvalidQuery(path, "expected a field or one of " + LOGIC + ", but was " + shown(name));
        }
        if (name.startsWith(Field.Body.ROOT + ".")) {
            return Paths.read(name, path);
        }
        for (Column column : Column.values()) {
            if (column.wireName().equals(name)) {
                return column;
            }
        }
        throw new InvalidQuery(
                path,
                "expected thread, actor, act, data_type, kind, namespace, position, version, clock, recorded_at, id or"
                        + " body.<path>, but was " + shown(name));
    }

    private Filter conditions(Field field, JsonNode node, String path, int depth) {
        boolean operators = node.isObject()
                && node.properties().stream().anyMatch(m -> m.getKey().startsWith("$"));
        if (!operators) {
            return compare(field, Relation.EQUAL, node, path);
        }
        List<Filter> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            all.add(condition(
                    field, member.getKey(), member.getValue(), path + "." + shown(member.getKey()), depth + 1));
        }
        return all.size() == 1 ? all.get(0) : new Filter.All(all);
    }

    private Filter condition(Field field, String operator, JsonNode value, String path, int depth) {
        return switch (operator) {
            case "$eq" -> compare(field, Relation.EQUAL, value, path);
            case "$ne" -> new Filter.Not(compare(field, Relation.EQUAL, value, path));
            case "$gt" -> compare(field, Relation.GREATER, value, path);
            case "$gte" -> compare(field, Relation.AT_LEAST, value, path);
            case "$lt" -> compare(field, Relation.LESS, value, path);
            case "$lte" -> compare(field, Relation.AT_MOST, value, path);
            case "$in" -> oneOf(field, value, path);
            case "$nin" -> new Filter.Not(oneOf(field, value, path));
            case "$exists" -> exists(field, value, path);
            case "$not" -> not(field, value, path, depth);
            default -> throw new InvalidQuery(path, "expected one of " + OPERATORS + ", but was " + shown(operator));
        };
    }

    private Filter not(Field field, JsonNode value, String path, int depth) {
        if (!value.isObject() || depth > DEPTH_MAX) {
            throw new InvalidQuery(path, "expected an object of operators, at most " + DEPTH_MAX + " levels deep");
        }
        return new Filter.Not(conditions(field, value, path, depth));
    }

    private Filter compare(Field field, Relation relation, JsonNode value, String path) {
        count(path);
        return new Filter.Compare(field, relation, Operands.read(field, relation, value, path));
    }

    private Filter oneOf(Field field, JsonNode values, String path) {
        count(path);
        if (!values.isArray() || values.size() > VALUES_MAX) {
            throw new InvalidQuery(path, "expected an array of at most " + VALUES_MAX + ", but was " + shown(values));
        }
        List<Operand> operands = new ArrayList<>();
        for (JsonNode value : values) {
            operands.add(Operands.read(field, Relation.EQUAL, value, path + "[" + operands.size() + "]"));
        }
        return new Filter.OneOf(field, operands);
    }

    private Filter exists(Field field, JsonNode value, String path) {
        count(path);
        if (!value.isBoolean()) {
            throw new InvalidQuery(path, "expected true or false, but was " + shown(value));
        }
        if (!(field instanceof Field.Body body)) {
            throw new InvalidQuery(path, "expected a path in the body, but every record has this field");
        }
        Filter exists = new Filter.Exists(body);
        return value.booleanValue() ? exists : new Filter.Not(exists);
    }

    private void count(String path) {
        if (++terms > TERMS_MAX) {
            throw new InvalidQuery(path, "expected at most " + TERMS_MAX + " comparisons, but there are more");
        }
    }

    static String shown(JsonNode node) {
        return shown(node.toString());
    }

    static String shown(String text) {
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
