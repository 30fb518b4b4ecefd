package io.fourfold.audit.jdbc;

import io.fourfold.audit.StoredRow;
import io.fourfold.log.LogUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/** The log's table as it is, read in order of position; past everything that reads a record as a record. */
public final class StoredRows {

    /** Rows in the memory of this process at once. */
    static final int FETCH_ROWS = 50;

    /** Positions in one read; one that fails is read again row by row. */
    static final int PAGE_ROWS = 1_000;

    private static final int ID_BYTES = 32;
    private static final String READ = """
            select position, version, id, thread, actor, clock, act, data_type, parents, judged_by, namespace, kind,
                body::text, recorded_at
            from log_entry where position > ? and position <= ? order by position""";
    private static final String HEAD = "select coalesce(max(position), 0) from log_entry";

    /** Who is shown the rows. */
    public interface Reader {
        void row(StoredRow row);

        /** A row that the database has and cannot give. */
        void unreadable(long position, String why);
    }

    private final DataSource source;

    public StoredRows(DataSource source) {
        this.source = source;
    }

    public long head() {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(HEAD);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    /** Shows every row above {@code after} up to {@code upTo}. */
    public void each(long after, long upTo, Reader reader) {
        for (long from = after; from < upTo; from += PAGE_ROWS) {
            long to = Math.min(upTo, from + PAGE_ROWS);
            long[] shown = {from};
            try {
                read(from, to, row -> {
                    reader.row(row);
                    shown[0] = row.position();
                });
            } catch (SQLException failure) {
                checkAlive(failure);
                oneByOne(shown[0], to, reader);
            }
        }
    }

    private void oneByOne(long after, long upTo, Reader reader) {
        for (long position = after + 1; position <= upTo; position++) {
            try {
                read(position - 1, position, reader::row);
            } catch (SQLException failure) {
                checkAlive(failure);
                reader.unreadable(position, failure.getMessage());
            }
        }
    }

    private interface Rows {
        void row(StoredRow row);
    }

    private void read(long after, long upTo, Rows rows) throws SQLException {
        try (Connection connection = source.getConnection()) {
            // The driver fetches in portions only within a transaction.
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setFetchSize(FETCH_ROWS);
                statement.setLong(1, after);
                statement.setLong(2, upTo);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        rows.row(row(row));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static StoredRow row(ResultSet row) throws SQLException {
        byte[] judgedBy = row.getBytes(10);
        return new StoredRow(
                row.getLong(1),
                row.getLong(2),
                HexFormat.of().formatHex(row.getBytes(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                ids(row.getBytes(9)),
                judgedBy == null ? null : HexFormat.of().formatHex(judgedBy),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getObject(14, OffsetDateTime.class).toInstant());
    }

    /** A rest that is no whole id stays one too short. */
    private static List<String> ids(byte[] concatenated) {
        List<String> ids = new ArrayList<>();
        for (int at = 0; at < concatenated.length; at += ID_BYTES) {
            ids.add(HexFormat.of().formatHex(concatenated, at, Math.min(concatenated.length, at + ID_BYTES)));
        }
        return ids;
    }

    /** Connections (08), resources (53) and a shutdown (57P) say nothing about the row. */
    private static void checkAlive(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")) {
            throw unavailable(failure);
        }
    }

    static LogUnavailable unavailable(SQLException failure) {
        return new LogUnavailable("The database does not answer: " + failure.getMessage(), false, failure);
    }
}
