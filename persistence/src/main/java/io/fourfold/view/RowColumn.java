package io.fourfold.view;

import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * One column of a {@link RowTable}: a public field, and how its type goes to and from the database.
 *
 * @param written false where it is read only: somebody else writes it
 */
record RowColumn(String name, Field field, Kind kind, boolean written) {

    private static final JsonText.Strings STRINGS = new JsonText.Strings();
    private static final JsonText.Texts TEXTS = new JsonText.Texts();

    /** PostgreSQL's word for a time that never comes; beyond what it could hold otherwise. */
    private static final String NEVER = "infinity";

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private interface Read {
        Object from(ResultSet row, int column) throws SQLException;
    }

    private interface Write {
        Object of(Object value);
    }

    /** A type of fields. */
    private enum Kind {
        TEXT(String.class, ResultSet::getString, value -> value),
        LONG(long.class, ResultSet::getLong, value -> value),
        INT(int.class, ResultSet::getInt, value -> value),
        BOOLEAN(boolean.class, ResultSet::getBoolean, value -> value),
        SOME_LONG(Long.class, (row, column) -> row.getObject(column, Long.class), value -> value),
        SOME_INT(Integer.class, (row, column) -> row.getObject(column, Integer.class), value -> value),
        SOME_BOOLEAN(Boolean.class, (row, column) -> row.getObject(column, Boolean.class), value -> value),
        MONEY(BigDecimal.class, ResultSet::getBigDecimal, value -> ((BigDecimal) value).toPlainString()),
        TIME(
                Instant.class,
                (row, column) -> instant(row.getObject(column, OffsetDateTime.class)),
                value -> ((Instant) value).isAfter(LAST) ? NEVER : value.toString()),
        STRINGS_LIST(
                List.class,
                (row, column) -> STRINGS.convertToEntityAttribute(row.getString(column)),
                value -> STRINGS.convertToDatabaseColumn(strings(value))),
        TEXTS_MAP(
                Map.class,
                (row, column) -> TEXTS.convertToEntityAttribute(row.getString(column)),
                value -> TEXTS.convertToDatabaseColumn(texts(value)));

        private final Class<?> type;
        private final Read read;
        private final Write write;

        Kind(Class<?> type, Read read, Write write) {
            this.type = type;
            this.read = read;
            this.write = write;
        }
    }

    static RowColumn of(Field field) {
        for (Kind kind : Kind.values()) {
            if (kind.type == field.getType()) {
                Column column = field.getAnnotation(Column.class);
                boolean written = column == null || column.updatable();
                return new RowColumn(SnakeCase.snake(field.getName()), field, kind, written);
            }
        }
        throw new IllegalStateException("Expected a field of a known type, but was " + field);
    }

    void read(Object row, ResultSet found, int place) throws SQLException, IllegalAccessException {
        field.set(row, kind.read.from(found, place));
    }

    /** As an element of an array parameter. */
    Object value(Object row) {
        try {
            Object value = field.get(row);
            return value == null ? null : kind.write.of(value);
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException("Expected a public field, but was " + field, notPublic);
        }
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    @SuppressWarnings("unchecked") // JsonText knows lists of strings alone.
    private static List<String> strings(Object value) {
        return (List<String>) value;
    }

    @SuppressWarnings("unchecked") // JsonText knows maps of strings alone.
    private static Map<String, String> texts(Object value) {
        return (Map<String, String>) value;
    }
}
