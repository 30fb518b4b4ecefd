package io.fourfold.view;

import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of a read model, read and written many rows at a time: one statement whatever their number. Its columns are
 * the public fields of the entity; what others keep in further columns, or in those that are not updatable, stays as it
 * is.
 */
public final class RowTable<V> {

    /** A row, and the values its columns had in the database: what did not change is not written. */
    public record Stored<V>(V row, Object[] values) {}

    private static final String TYPES = "select attname, format_type(atttypid, null) from pg_attribute"
            + " where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped";

    private final Class<V> type;
    private final String table;
    private final List<RowColumn> columns;
    private final List<RowColumn> written;
    private volatile Map<String, String> types;

    private RowTable(Class<V> type, String table, List<RowColumn> columns) {
        this.type = type;
        this.table = table;
        this.columns = columns;
        this.written = columns.stream().filter(RowColumn::written).toList();
    }

    public static <V> RowTable<V> of(Class<V> type) {
        List<RowColumn> columns =
                Arrays.stream(type.getFields()).map(RowColumn::of).toList();
        return new RowTable<>(type, type.getAnnotation(Table.class).name(), columns);
    }

    /** The same columns in another table. */
    public RowTable<V> named(String other) {
        return new RowTable<>(type, other, columns);
    }

    public String name() {
        return table;
    }

    /** The rows that are there, by id. */
    public Map<String, Stored<V>> load(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Stored<V>> rows = new HashMap<>();
        String sql = "select " + names(columns, "") + " from " + table + " where id = any(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            statement.setFetchSize(0);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    V row = read(found);
                    Object[] values = values(row);
                    rows.put((String) values[place("id")], new Stored<>(row, values));
                }
            }
        }
        return rows;
    }

    private V read(ResultSet found) throws SQLException {
        try {
            V row = type.getConstructor().newInstance();
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).read(row, found, i + 1);
            }
            return row;
        } catch (ReflectiveOperationException notARow) {
            throw new IllegalStateException("Expected a row of public fields, but was " + type, notARow);
        }
    }

    private int place(String name) {
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("Expected a column " + name + " in " + table);
    }

    /** What the database would hold of a row, column by column; comparable with {@link Arrays#equals}. */
    public Object[] values(V row) {
        Object[] values = new Object[written.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = written.get(i).value(row);
        }
        return values;
    }

    /** Inserts the rows, or writes over those with the same ids. */
    public void upsert(Connection connection, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Map<String, String> known = types(connection);
        String sql = "insert into " + table + " (" + names("") + ") select * from unnest("
                + written.stream()
                        .map(column -> "?::" + known.get(column.name()) + "[]")
                        .collect(Collectors.joining(", "))
                + ") on conflict (id) do update set "
                + written.stream()
                        .map(RowColumn::name)
                        .filter(name -> !name.equals("id"))
                        .map(name -> name + " = excluded." + name)
                        .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < written.size(); i++) {
                Object[] values = new Object[rows.size()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = rows.get(row)[i];
                }
                statement.setArray(
                        i + 1, connection.createArrayOf(known.get(written.get(i).name()), values));
            }
            statement.executeUpdate();
        }
    }

    public void delete(Connection connection, Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("delete from " + table + " where id = any(?)")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            statement.executeUpdate();
        }
    }

    /** The columns a fold writes, with commas between them. */
    public String names(String prefix) {
        return names(written, prefix);
    }

    private static String names(List<RowColumn> some, String prefix) {
        return some.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
    }

    private Map<String, String> types(Connection connection) throws SQLException {
        if (types == null) {
            Map<String, String> read = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
                statement.setString(1, table);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        read.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
            List<String> missing = new ArrayList<>();
            columns.stream()
                    .map(RowColumn::name)
                    .filter(name -> !read.containsKey(name))
                    .forEach(missing::add);
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Expected columns " + missing + " in " + table + ", but has " + read);
            }
            types = read;
        }
        return types;
    }
}
