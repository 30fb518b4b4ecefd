package io.fourfold.projection;

import io.fourfold.engine.ProjectionRows;
import io.fourfold.log.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Entries that projections passed over, in the table {@code projection_parked}; within the caller's transaction. */
final class Parking {

    /** Of a reason that is kept. */
    private static final int REASON_CHARS_MAX = 1_000;

    private static final String PUT = "insert into projection_parked (projection, position, record, reason)"
            + " values (?, ?, ?, ?)"
            + " on conflict (projection, position) do update set reason = excluded.reason, at = now()";
    private static final String OF = "select position, record, reason from projection_parked where projection = ?"
            + " order by position desc limit ?";
    private static final String CLEAR = "delete from projection_parked where projection = ? and position <= ?";

    private Parking() {}

    static void put(Connection connection, String projection, Entry entry, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, projection);
            statement.setLong(2, entry.position());
            statement.setString(3, entry.id().hex());
            // The database takes no text with U+0000 in it, and this may quote what was not taken for that.
            String shown = reason.replace('\0', ' ');
            statement.setString(4, shown.substring(0, Math.min(shown.length(), REASON_CHARS_MAX)));
            statement.executeUpdate();
        }
    }

    /** The latest. */
    static List<ProjectionRows.Parked> of(Connection connection, String projection, int limit) throws SQLException {
        List<ProjectionRows.Parked> parked = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OF)) {
            statement.setString(1, projection);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    parked.add(new ProjectionRows.Parked(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return parked;
    }

    /** Those up to a position are no longer parked. */
    static void clear(Connection connection, String projection, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
            statement.setString(1, projection);
            statement.setLong(2, position);
            statement.executeUpdate();
        }
    }
}
