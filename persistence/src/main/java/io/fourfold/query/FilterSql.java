package io.fourfold.query;

import io.fourfold.query.Field.Column;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes a filter as a condition of SQL. Its text is made of constants alone: whatever came with a request is a
 * parameter. A condition may be null where it is not true; a negation is therefore {@code is not true}.
 */
public final class FilterSql {

    /** A value for a placeholder; {@code element} is the type of its elements when it is an array, else null. */
    public record Parameter(Object value, String element) {}

    /** A condition and the values for its placeholders, in order. */
    public record Condition(String text, List<Parameter> parameters) {
        public Condition {
            parameters = List.copyOf(parameters);
        }
    }

    private static final String TYPE = "json_typeof(body #> ?::text[])";

    private final List<Parameter> parameters = new ArrayList<>();

    private FilterSql() {}

    public static Condition of(Filter filter) {
        FilterSql sql = new FilterSql();
        String text = sql.text(filter);
        return new Condition(text, sql.parameters);
    }

    private String text(Filter filter) {
        return switch (filter) {
            case Filter.All all -> joined(all.filters(), " and ", "true");
            case Filter.Any any -> joined(any.filters(), " or ", "false");
            case Filter.Not not -> "(" + text(not.filter()) + ") is not true";
            case Filter.Compare compare -> compare(compare);
            case Filter.OneOf oneOf -> oneOf(oneOf);
            case Filter.Exists exists -> "body #> " + path(exists.field()) + " is not null";
            case Filter.Within within -> within(within);
        };
    }

    private String joined(List<Filter> filters, String word, String none) {
        StringJoiner all = new StringJoiner(word, "(", ")").setEmptyValue(none);
        filters.forEach(filter -> all.add(text(filter)));
        return all.toString();
    }

    private String within(Filter.Within within) {
        String text = "(namespace = any(" + array("text", within.namespaces().toArray()) + ")";
        Object[] roots = within.namespaces().stream().map(n -> n + "/").toArray();
        return text + " or exists (select from unnest(" + array("text", roots)
                + ") root where starts_with(namespace, root)))";
    }

    private String compare(Filter.Compare compare) {
        String sign = compare.relation().sign();
        return switch (compare.field()) {
            case Column column -> column(column, compare.relation()) + " " + sign + " " + value(compare.operand());
            case Field.Body body -> body(body, compare.operand()) + " " + sign + " " + value(compare.operand()) + ")";
        };
    }

    private String oneOf(Filter.OneOf oneOf) {
        List<String> texts = new ArrayList<>();
        for (Class<? extends Operand> type : List.of(
                Operand.Text.class,
                Operand.Number.class,
                Operand.Other.class,
                Operand.Whole.class,
                Operand.Time.class,
                Operand.Id.class)) {
            List<Operand> same =
                    oneOf.operands().stream().filter(type::isInstance).toList();
            if (!same.isEmpty()) {
                texts.add(
                        switch (oneOf.field()) {
                            case Column column -> column.wireName() + " = any(" + values(same) + ")";
                            case Field.Body body -> body(body, same.get(0)) + " = any(" + values(same) + "))";
                        });
            }
        }
        return texts.isEmpty() ? "false" : "(" + String.join(" or ", texts) + ")";
    }

    /** Text columns are equal in any collation, but ours is the order of code points. */
    private static String column(Column column, Filter.Relation relation) {
        boolean text =
                switch (column.holds()) {
                    case TEXT, ACT, DATA_TYPE -> true;
                    case WHOLE_NUMBER, TIME, ID -> false;
                };
        return column.wireName() + (text && relation != Filter.Relation.EQUAL ? " collate \"C\"" : "");
    }

    /** The value as its type has it, guarded by that type; these are the expressions that {@code BodyIndexes} makes. */
    private String body(Field.Body field, Operand operand) {
        return switch (operand) {
            case Operand.Text text -> {
                path(field);
                path(field);
                yield "(" + TYPE + " = 'string' and (body #>> ?::text[]) collate \"C\"";
            }
            case Operand.Number number -> {
                path(field);
                path(field);
                path(field);
                yield "(" + TYPE + " = 'number' and (case when " + TYPE
                        + " = 'number' then (body #>> ?::text[])::numeric end)";
            }
            case Operand.Other other -> {
                path(field);
                yield "((body #> ?::text[])::text";
            }
            case Operand.Whole whole -> throw none(whole);
            case Operand.Time time -> throw none(time);
            case Operand.Id id -> throw none(id);
        };
    }

    private static IllegalStateException none(Operand operand) {
        return new IllegalStateException("Expected a JSON value beside a body, but got " + operand);
    }

    private String path(Field.Body field) {
        return array("text", field.path().toArray());
    }

    private String value(Operand operand) {
        parameters.add(new Parameter(plain(operand), null));
        return "?::" + type(operand);
    }

    private String values(List<Operand> operands) {
        return array(
                type(operands.get(0)), operands.stream().map(FilterSql::plain).toArray());
    }

    private String array(String type, Object[] values) {
        parameters.add(new Parameter(values, type));
        return "?::" + type + "[]";
    }

    private static Object plain(Operand operand) {
        return switch (operand) {
            case Operand.Text text -> text.value();
            case Operand.Number number -> number.value();
            case Operand.Other other -> other.canonical();
            case Operand.Whole whole -> whole.value();
            case Operand.Time time -> time.value().atOffset(ZoneOffset.UTC);
            case Operand.Id id -> id.value().bytes();
        };
    }

    private static String type(Operand operand) {
        return switch (operand) {
            case Operand.Text text -> "text";
            case Operand.Number number -> "numeric";
            case Operand.Other other -> "text";
            case Operand.Whole whole -> "bigint";
            case Operand.Time time -> "timestamptz";
            case Operand.Id id -> "bytea";
        };
    }
}
