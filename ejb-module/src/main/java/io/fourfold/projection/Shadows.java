package io.fourfold.projection;

import io.fourfold.view.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Tables beside those that are read, which take their place; within the caller's transaction. */
final class Shadows {

    /** How long the exchange waits for those who read; meanwhile others wait behind it. */
    private static final int LOCK_MILLIS = 250;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String TRY_LOCK = "select pg_try_advisory_lock(hashtextextended('fourfold.rebuild.' || ?, 0))";
    private static final String UNLOCK = "select pg_advisory_unlock(hashtextextended('fourfold.rebuild.' || ?, 0))";

    private Shadows() {}

    /** Not while another server does the same for the same name. */
    static void exclusively(DataSource source, String name, Runnable work) {
        try (Connection connection = source.getConnection()) {
            if (!answer(connection, TRY_LOCK, name)) {
                throw new IllegalStateException(
                        "Expected nobody at it, but another server is folding " + name + " again");
            }
            try {
                work.run();
            } finally {
                answer(connection, UNLOCK, name);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("The read models cannot be written: " + broken.getMessage(), broken);
        }
    }

    private static boolean answer(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Empty, with the same columns and indexes; one that a crash left behind is gone. */
    static void create(Connection connection, String table, String shadow) throws SQLException {
        drop(connection, shadow);
        run(connection, "create table " + shadow + " (like " + table + " including all)");
    }

    static void drop(Connection connection, String shadow) throws SQLException {
        run(connection, "drop table if exists " + shadow);
    }

    /** So that queries are planned for what is in it from the first on. */
    static void analyze(Connection connection, String shadow) throws SQLException {
        run(connection, "analyze " + shadow);
    }

    static void exchange(Connection connection, String table, String shadow) throws SQLException {
        run(connection, "set local lock_timeout = " + LOCK_MILLIS);
        run(connection, "drop table " + table);
        run(connection, "alter table " + shadow + " rename to " + table);
    }

    /** Of a table that others write in as well, only the rows of one queue, and of those not what workers say. */
    static void merge(Connection connection, RowTable<?> table, RowTable<?> shadow, String queue) throws SQLException {
        String gone = "delete from " + table.name() + " t where queue = ? and not over and not exists (select from "
                + shadow.name() + " s where s.id = t.id)";
        try (PreparedStatement delete = connection.prepareStatement(gone)) {
            delete.setString(1, queue);
            delete.executeUpdate();
        }
        run(
                connection,
                "insert into " + table.name() + " (" + table.names("") + ") select " + table.names("s.") + " from "
                        + shadow.name() + " s on conflict (id) do update set position = excluded.position,"
                        + " lane = excluded.lane, lane_limit = excluded.lane_limit, tags = excluded.tags");
    }

    static boolean isInUse(Throwable broken) {
        return broken.getCause() instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
