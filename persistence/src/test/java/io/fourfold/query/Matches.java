package io.fourfold.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.Entry;
import io.fourfold.query.Field.Column;
import java.math.BigDecimal;
import java.util.Arrays;

/** A second opinion: the meaning of a filter, written down in Java. */
public final class Matches {

    private Matches() {}

    public static boolean of(Filter filter, Entry entry) {
        return switch (filter) {
            case Filter.All all -> all.filters().stream().allMatch(f -> of(f, entry));
            case Filter.Any any -> any.filters().stream().anyMatch(f -> of(f, entry));
            case Filter.Not not -> !of(not.filter(), entry);
            case Filter.Compare c -> compare(value(c.field(), entry), c.relation(), c.operand());
            case Filter.OneOf o ->
                o.operands().stream().anyMatch(x -> compare(value(o.field(), entry), Filter.Relation.EQUAL, x));
            case Filter.Exists e -> value(e.field(), entry) != null;
            case Filter.Within w ->
                w.namespaces().stream()
                        .anyMatch(n ->
                                entry.namespace().equals(n) || entry.namespace().startsWith(n + "/"));
        };
    }

    private static Object value(Field field, Entry entry) {
        return switch (field) {
            case Column column -> column(column, entry);
            case Field.Body body -> {
                JsonNode at = QueryReader.exactly(entry.body());
                for (String segment : body.path()) {
                    at = at == null
                            ? null
                            : at.isArray()
                                    ? segment.matches("\\d{1,9}") ? at.get(Integer.parseInt(segment)) : null
                                    : at.get(segment);
                }
                yield at;
            }
        };
    }

    private static Object column(Column column, Entry entry) {
        return switch (column) {
            case THREAD -> entry.thread().value();
            case ACTOR -> entry.draft().actor().value();
            case ACT -> entry.draft().act().name();
            case DATA_TYPE -> entry.draft().dataType().name();
            case KIND -> entry.kind();
            case NAMESPACE -> entry.namespace();
            case POSITION -> entry.position();
            case VERSION -> entry.version();
            case CLOCK -> entry.draft().clock();
            case RECORDED_AT -> entry.recordedAt();
            case ID -> entry.id();
        };
    }

    private static boolean compare(Object value, Filter.Relation relation, Operand operand) {
        Integer order =
                switch (operand) {
                    case Operand.Text text -> codePoints(text(value), text.value());
                    case Operand.Number number ->
                        value instanceof JsonNode node && node.isNumber()
                                ? (Integer) new BigDecimal(node.asText()).compareTo(number.value())
                                : null;
                    case Operand.Other other -> {
                        boolean same = value instanceof JsonNode node
                                && CanonicalJson.of(node.toString()).equals(other.canonical());
                        yield same ? (Integer) 0 : null;
                    }
                    case Operand.Whole whole -> Long.compare((Long) value, whole.value());
                    case Operand.Time time -> ((java.time.Instant) value).compareTo(time.value());
                    case Operand.Id id -> ((io.fourfold.log.EntryId) value).compareTo(id.value());
                };
        return order != null
                && switch (relation) {
                    case EQUAL -> order == 0;
                    case GREATER -> order > 0;
                    case AT_LEAST -> order >= 0;
                    case LESS -> order < 0;
                    case AT_MOST -> order <= 0;
                };
    }

    private static String text(Object value) {
        return value instanceof JsonNode node ? node.textValue() : (String) value;
    }

    private static Integer codePoints(String a, String b) {
        return a == null
                ? null
                : Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
}
