package io.fourfold.log.jpa;

import io.fourfold.log.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Cursors in the table {@code checkpoint}, one row per name. */
public final class CursorTable {

    private static final String LOAD = "select position from checkpoint where name = ?";
    static final String STORE = "insert into checkpoint (name, position) values (?, ?)"
            + " on conflict (name) do update set position = excluded.position, updated_at = now()";

    private final DataSource source;

    public CursorTable(DataSource source) {
        this.source = source;
    }

    public Cursor cursor(String name) {
        return new Cursor() {
            @Override
            public long load() {
                return CursorTable.this.load(name);
            }

            @Override
            public void store(long position) {
                CursorTable.this.store(name, position);
            }
        };
    }

    private long load(String name) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(LOAD)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    private void store(String name, long position) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setString(1, name);
            statement.setLong(2, position);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }
}
