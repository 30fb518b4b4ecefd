package io.fourfold.query.sql;

import io.fourfold.log.jpa.Outage;
import io.fourfold.query.FilterSql.Parameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Runs reading statements of one answer on one snapshot, each for a bounded time. */
final class Statements {

    private static final String CANCELLED = "57014";

    /** The plan must know the values: only then can it tell that a partial index is the one. */
    private static final String BOUNDS = "select set_config('statement_timeout', ?, true),"
            + " set_config('plan_cache_mode', 'force_custom_plan', true)";

    private final DataSource source;
    private final int timeoutMillis;

    Statements(DataSource source, int timeoutMillis) {
        this.source = source;
        this.timeoutMillis = timeoutMillis;
    }

    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return bounded(connection, work);
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            if (CANCELLED.equals(failure.getSQLState())) {
                throw new QueryTimeout(timeoutMillis);
            }
            throw Outage.of(failure);
        }
    }

    private <T> T bounded(Connection connection, Work<T> work) throws SQLException {
        try (PreparedStatement bounds = connection.prepareStatement(BOUNDS)) {
            bounds.setString(1, Integer.toString(timeoutMillis));
            bounds.execute();
        }
        return work.in(connection);
    }

    static <T> T query(Connection connection, String sql, List<Parameter> parameters, int fetch, Rows<T> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetch);
            for (int i = 0; i < parameters.size(); i++) {
                Parameter parameter = parameters.get(i);
                if (parameter.element() == null) {
                    statement.setObject(i + 1, parameter.value());
                } else {
                    Object[] values = (Object[]) parameter.value();
                    statement.setArray(i + 1, connection.createArrayOf(parameter.element(), values));
                }
            }
            try (ResultSet result = statement.executeQuery()) {
                return rows.read(result);
            }
        }
    }
}
