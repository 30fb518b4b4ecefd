package io.fourfold.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work in one transaction of its own: all of it, or nothing. */
final class Transactions {

    private Transactions() {}

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    static <T> T in(DataSource source, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("The read models cannot be written: " + broken.getMessage(), broken);
        }
    }
}
