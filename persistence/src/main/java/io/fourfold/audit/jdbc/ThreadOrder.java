package io.fourfold.audit.jdbc;

import io.fourfold.audit.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Versions without gaps in every thread, in the order of positions, and clocks that rise for every actor. PostgreSQL
 * does the sorting, on its disk; only what is wrong comes here.
 */
public final class ThreadOrder {

    private static final String VERSIONS = """
            select position, thread, version, expected, earlier from (
                select position, thread, version, coalesce(lag(version) over w + 1, 0) as expected,
                    coalesce(lag(position) over w, 0) as earlier
                from log_entry where position <= ? window w as (partition by thread order by version)) v
            where version <> expected or position <= earlier""";
    private static final String CLOCKS = """
            select position, thread, clock, earlier, actor from (
                select position, thread, actor, clock, lag(clock) over w as earlier
                from log_entry where position <= ? window w as (partition by thread, actor order by version)) c
            where clock <= earlier""";

    private interface Row {
        Finding read(ResultSet row) throws SQLException;
    }

    private final DataSource source;

    public ThreadOrder(DataSource source) {
        this.source = source;
    }

    /** Names what is wrong up to a position. */
    public void check(long upTo, Consumer<Finding> findings) {
        try {
            query(VERSIONS, upTo, findings, ThreadOrder::version);
            query(CLOCKS, upTo, findings, ThreadOrder::clock);
        } catch (SQLException failure) {
            throw StoredRows.unavailable(failure);
        }
    }

    private static Finding version(ResultSet row) throws SQLException {
        String fault = row.getLong(3) == row.getLong(4)
                ? "Expected version " + row.getLong(3) + " at a position above " + row.getLong(5) + ", but it is here"
                : "Expected version " + row.getLong(4) + " next, but it is " + row.getLong(3);
        return new Finding(row.getLong(1), row.getString(2), fault, null, null);
    }

    private static Finding clock(ResultSet row) throws SQLException {
        return new Finding(
                row.getLong(1),
                row.getString(2),
                "Expected a clock above " + row.getLong(4) + " for " + row.getString(5) + ", but it is "
                        + row.getLong(3),
                null,
                null);
    }

    private void query(String sql, long upTo, Consumer<Finding> findings, Row reader) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(StoredRows.FETCH_ROWS);
                statement.setLong(1, upTo);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        findings.accept(reader.read(rows));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
