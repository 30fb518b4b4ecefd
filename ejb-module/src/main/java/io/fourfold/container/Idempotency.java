package io.fourfold.container;

import io.fourfold.log.LogUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Remembers answers by {@code Idempotency-Key} and path for a day, so that a repeated request is carried out once. */
@ApplicationScoped
public class Idempotency {

    /** A request at work for longer than this has been lost with its server, and may be taken on again. */
    static final int AT_WORK_SECONDS = 60;

    @Inject
    Database database;

    /** What is known of a key. */
    public sealed interface Known {

        /** Nothing: carry the request out, then {@link #keep} or {@link #forget} it. */
        record New() implements Known {}

        /** The same request is at work now. */
        record AtWork() implements Known {}

        /** The key was used for a request with another body. */
        record Other() implements Known {}

        record Answered(int status, String mediaType, String answer) implements Known {}
    }

    public Known begin(String key, String path, String requestSha256) {
        return with(connection -> {
            update(connection, "delete from idempotency where created_at < now() - interval '1 day'");
            update(
                    connection,
                    "delete from idempotency where key = ? and path = ? and status is null"
                            + " and created_at < now() - make_interval(secs => " + AT_WORK_SECONDS + ")",
                    key,
                    path);
            int fresh = update(
                    connection,
                    "insert into idempotency (key, path, request) values (?, ?, ?) on conflict do nothing",
                    key,
                    path,
                    requestSha256);
            return fresh == 1 ? new Known.New() : known(connection, key, path, requestSha256);
        });
    }

    public void keep(String key, String path, int status, String mediaType, String answer) {
        with(connection -> update(
                connection,
                "update idempotency set status = ?::int, media_type = ?, answer = ? where key = ? and path = ?",
                Integer.toString(status),
                mediaType,
                answer,
                key,
                path));
    }

    public void forget(String key, String path) {
        with(connection -> update(connection, "delete from idempotency where key = ? and path = ?", key, path));
    }

    private static Known known(Connection connection, String key, String path, String request) throws SQLException {
        String select = "select request, status, media_type, answer from idempotency where key = ? and path = ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, key);
            statement.setString(2, path);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new Known.AtWork();
                }
                if (!row.getString("request").equals(request)) {
                    return new Known.Other();
                }
                int status = row.getInt("status");
                return row.wasNull()
                        ? new Known.AtWork()
                        : new Known.Answered(status, row.getString("media_type"), row.getString("answer"));
            }
        }
    }

    private static int update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = database.source().getConnection()) {
            return work.in(connection);
        } catch (SQLException broken) {
            throw new LogUnavailable("The database does not answer", false, broken);
        }
    }
}
