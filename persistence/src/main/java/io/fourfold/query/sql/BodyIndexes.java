package io.fourfold.query.sql;

import io.fourfold.log.jpa.Outage;
import io.fourfold.query.BodyKind;
import io.fourfold.query.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * The indexes on bodies that are declared: for each path of a kind one on its texts and one on its numbers, so that a
 * record costs at most one entry a path. They are made and dropped concurrently: nobody waits for them but the caller.
 */
public final class BodyIndexes {

    private static final String PREFIX = "body_kind_";

    /** The advisory lock of those who make indexes, "bki" in ASCII. Nobody waits for it: a waiter would block them. */
    private static final long LOCK = 0x626b69;

    private static final String TEXT =
            "create index concurrently %I on log_entry (((body #>> %L::text[]) collate \"C\"),"
                    + " position) where kind = %L and json_typeof(body #> %L::text[]) = ''string''";
    private static final String NUMBER = "create index concurrently %I on log_entry ((case when"
            + " json_typeof(body #> %L::text[]) = ''number'' then (body #>> %L::text[])::numeric end), position)"
            + " where kind = %L and json_typeof(body #> %L::text[]) = ''number''";

    private final DataSource source;

    /** The data source must give connections that commit by themselves. */
    public BodyIndexes(DataSource source) {
        this.source = source;
    }

    private record Index(boolean text, String kind, Field.Body path) {

        String name() {
            return names(kind, path).get(text ? 0 : 1);
        }
    }

    /** The names of the two indexes of a path: on its texts, on its numbers. */
    public static List<String> names(String kind, Field.Body path) {
        String hash = hash(kind + '\n' + String.join("\n", path.path()));
        return List.of(PREFIX + hash + "_text", PREFIX + hash + "_number");
    }

    /** Makes those that are wanted and drops the others; false when another node is at it. */
    public boolean arrange(Collection<BodyKind> wanted) {
        Map<String, Index> indexes = new LinkedHashMap<>();
        for (BodyKind kind : wanted) {
            for (Field.Body path : kind.paths()) {
                for (boolean text : new boolean[] {true, false}) {
                    Index index = new Index(text, kind.kind(), path);
                    indexes.put(index.name(), index);
                }
            }
        }
        try (Connection connection = source.getConnection()) {
            return arrange(connection, indexes);
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    /** The names of those that can be used. */
    public Set<String> ready() {
        try (Connection connection = source.getConnection()) {
            return present(connection, true);
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    private static boolean arrange(Connection connection, Map<String, Index> wanted) throws SQLException {
        if (!lock(connection, "select pg_try_advisory_lock(" + LOCK + ")")) {
            return false;
        }
        try {
            Set<String> ready = present(connection, true);
            for (String name : present(connection, false)) {
                if (!wanted.containsKey(name) || !ready.contains(name)) {
                    execute(connection, written(connection, "drop index concurrently if exists %I", List.of(name)));
                    ready.remove(name);
                }
            }
            for (Map.Entry<String, Index> index : wanted.entrySet()) {
                if (!ready.contains(index.getKey())) {
                    execute(connection, create(connection, index.getValue()));
                }
            }
            return true;
        } finally {
            lock(connection, "select pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private static String create(Connection connection, Index index) throws SQLException {
        String path = array(connection, index.path());
        return index.text()
                ? written(connection, TEXT, List.of(index.name(), path, index.kind(), path))
                : written(connection, NUMBER, List.of(index.name(), path, path, index.kind(), path));
    }

    /** The path as PostgreSQL writes an array of text. */
    private static String array(Connection connection, Field.Body path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?::text[]::text")) {
            statement.setArray(1, connection.createArrayOf("text", path.path().toArray()));
            return one(statement);
        }
    }

    /** DDL takes no parameters; PostgreSQL itself quotes the values. */
    private static String written(Connection connection, String form, List<String> values) throws SQLException {
        String places = ", ?::text".repeat(values.size());
        try (PreparedStatement statement = connection.prepareStatement("select format('" + form + "'" + places + ")")) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            return one(statement);
        }
    }

    private static String one(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static Set<String> present(Connection connection, boolean valid) throws SQLException {
        String sql = "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
                + " where i.indrelid = 'log_entry'::regclass and starts_with(c.relname, ?)"
                + " and (i.indisvalid or not ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, PREFIX);
            statement.setBoolean(2, valid);
            Set<String> names = new TreeSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    private static boolean lock(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return "t".equals(one(statement));
        }
    }

    private static void execute(Connection connection, String ddl) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl);
        }
    }

    private static String hash(String text) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
