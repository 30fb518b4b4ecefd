package io.fourfold.token;

import io.fourfold.log.jpa.Outage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Tokens for a backup, one a line; of their secrets they hold the hashes. */
public final class TokenLines {

    private static final String READ = "select row_to_json(t)::text from token t order by created_at, id";
    private static final String WRITE =
            "insert into token select * from json_populate_record(null::token, ?::json) on conflict (id) do nothing";

    private TokenLines() {}

    public static void each(DataSource source, Consumer<String> reader) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.accept(rows.getString(1));
            }
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    /** A token that is there already stays as it is. */
    public static void add(DataSource source, String line) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, line);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }
}
