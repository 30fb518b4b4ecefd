package io.fourfold.telemetry;

import io.fourfold.log.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The table of observations. */
final class TelemetryTable {

    /** Most rows that a query gives. */
    static final int LIMIT_MAX = 10_000;

    private static final Logger LOG = Logger.getLogger("io.fourfold.telemetry");
    private static final String COLUMNS =
            "select execution_id, seq, session_id, phase_id, at, type, data from telemetry ";

    /** What became of a batch: written but for the refused rows, or to be tried again. */
    record Outcome(boolean done, int refused) {}

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }

    private final DataSource source;
    private final Partitions partitions;

    TelemetryTable(DataSource source, Partitions partitions) {
        this.source = source;
        this.partitions = partitions;
    }

    /** By COPY; if a row is refused, or there already, row by row. */
    Outcome store(List<Observation> rows) {
        try {
            return transaction(connection -> {
                partitions.prepare(connection, rows);
                try {
                    copy(connection, rows);
                    return new Outcome(true, 0);
                } catch (SQLException refused) {
                    if (!isAboutData(refused)) {
                        throw refused;
                    }
                    connection.rollback();
                    return new Outcome(true, oneByOne(connection, rows));
                }
            });
        } catch (SQLException unreachable) {
            LOG.log(Level.WARNING, "Telemetry cannot be written and is held back: {0}", unreachable.getMessage());
            return new Outcome(false, 0);
        }
    }

    private static void copy(Connection connection, List<Observation> rows) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(CopyText.STATEMENT, new ByteArrayInputStream(CopyText.of(rows)));
            connection.commit();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** How many rows were refused. */
    private static int oneByOne(Connection connection, List<Observation> rows) throws SQLException {
        int refused = 0;
        String insert = "insert into telemetry (execution_id, seq, session_id, phase_id, at, type, data)"
                + " select ?, ?, ?, ?, ?, ?, ?::jsonb"
                + " where not exists (select 1 from telemetry where execution_id = ? and seq = ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Observation row : rows) {
                try {
                    fill(statement, row);
                    statement.executeUpdate();
                    connection.commit();
                } catch (SQLException broken) {
                    if (!isAboutData(broken)) {
                        throw broken;
                    }
                    connection.rollback();
                    refused++;
                    LOG.log(Level.SEVERE, "Observation {0} of {1} was refused: {2}", new Object[] {
                        row.seq(), row.executionId(), broken.getMessage()
                    });
                }
            }
        }
        return refused;
    }

    private static void fill(PreparedStatement statement, Observation row) throws SQLException {
        int column = 0;
        statement.setString(++column, row.executionId());
        statement.setLong(++column, row.seq());
        statement.setString(++column, row.sessionId());
        statement.setString(++column, row.phaseId());
        statement.setObject(++column, row.at().atOffset(ZoneOffset.UTC));
        statement.setString(++column, row.type().wire());
        statement.setString(++column, row.data().canonical());
        statement.setString(++column, row.executionId());
        statement.setLong(++column, row.seq());
    }

    /** SQL states of classes 22 and 23: the row is at fault, not the machine. */
    private static boolean isAboutData(SQLException broken) {
        String state = broken.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    long lastSeq(String executionId) {
        return read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select max(seq) from telemetry where execution_id = ?")) {
                statement.setString(1, executionId);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    List<Observation> after(String executionId, long seq, int limit) {
        return query("where execution_id = ? and seq > ? order by seq limit ?", statement -> {
            statement.setString(1, executionId);
            statement.setLong(2, seq);
            statement.setInt(3, Math.min(limit, LIMIT_MAX));
        });
    }

    List<Observation> ofSession(String sessionId, List<ObservationType> types, int limit) {
        return ofTypes("where session_id = ?", sessionId, types, "seq", limit);
    }

    List<Observation> ofExecution(String executionId, List<ObservationType> types, int limit) {
        return ofTypes("where execution_id = ?", executionId, types, "seq", limit);
    }

    List<Observation> recent(List<ObservationType> types, int limit) {
        return ofTypes("where 'all' = ?", "all", types, "at desc, seq desc", limit);
    }

    private List<Observation> ofTypes(String where, String key, List<ObservationType> types, String order, int limit) {
        String[] wires = types.stream().map(ObservationType::wire).toArray(String[]::new);
        String rest = where + " and (cardinality(?::text[]) = 0 or type = any (?)) order by " + order + " limit ?";
        return query(rest, statement -> {
            Array array = statement.getConnection().createArrayOf("text", wires);
            statement.setString(1, key);
            statement.setArray(2, array);
            statement.setArray(3, array);
            statement.setInt(4, Math.min(limit, LIMIT_MAX));
        });
    }

    List<String> dropBefore(LocalDate day) {
        try {
            return transaction(connection -> partitions.dropBefore(connection, day));
        } catch (SQLException broken) {
            throw new TelemetryUnavailable("Old telemetry cannot be dropped", broken);
        }
    }

    private List<Observation> query(String rest, Fill fill) {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COLUMNS + rest)) {
                fill.into(statement);
                List<Observation> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(observation(row));
                    }
                }
                return found;
            }
        });
    }

    private static Observation observation(ResultSet row) throws SQLException {
        return new Observation(
                row.getString("execution_id"),
                row.getLong("seq"),
                row.getString("session_id"),
                row.getString("phase_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                ObservationType.ofWire(row.getString("type")),
                Json.parse(row.getString("data")));
    }

    private <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.in(connection);
        } catch (SQLException broken) {
            throw new TelemetryUnavailable("Telemetry cannot be read", broken);
        }
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return work.in(connection);
            } catch (SQLException broken) {
                connection.rollback();
                throw broken;
            } finally {
                connection.setAutoCommit(before);
            }
        }
    }
}
