package io.fourfold.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far each projection has come, in the table {@code checkpoint}; within the caller's transaction. */
final class Checkpoints {

    private static final String ENSURE =
            "insert into checkpoint (name, position) select unnest(?::text[]), 0 on conflict (name) do nothing";
    private static final String LOCK =
            "select name, position from checkpoint where name = any(?) order by name for update";
    private static final String MOVE = "insert into checkpoint (name, position) select unnest(?::text[]), ?"
            + " on conflict (name) do update set position = excluded.position, updated_at = now()";
    private static final String VERSION = "update checkpoint set version = ? where name = ?";
    private static final String VERSIONS = "select name, version from checkpoint where position > 0";

    private Checkpoints() {}

    /** Rows and checkpoint go or stay together, so that a commit need not wait for the disk. */
    static void relax(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local synchronous_commit = off");
        }
    }

    static void ensure(Connection connection, Collection<String> names) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENSURE)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            statement.executeUpdate();
        }
    }

    /** Nobody else moves these until the end of the transaction; names in order, so that none waits for the other. */
    static Map<String, Long> lock(Connection connection, List<String> names) throws SQLException {
        Map<String, Long> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    positions.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return positions;
    }

    static void move(Connection connection, List<String> names, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            statement.setLong(2, position);
            statement.executeUpdate();
        }
    }

    /** The version of the fold that made the rows. */
    static void version(Connection connection, String name, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(VERSION)) {
            statement.setInt(1, version);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    static Map<String, Integer> versions(Connection connection) throws SQLException {
        Map<String, Integer> versions = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(VERSIONS)) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getInt(2));
            }
        }
        return versions;
    }
}
