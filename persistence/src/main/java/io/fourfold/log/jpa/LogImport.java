package io.fourfold.log.jpa;

import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Fills an empty log with entries as another log had them: positions, versions and times are kept. All of them are
 * there
 * once it is committed, and none before. For a restore and for nothing else: every other record comes through
 * {@link JpaLog}.
 */
public final class LogImport implements AutoCloseable {

    private static final int BATCH_ROWS = 500;
    private static final String INSERT = """
            insert into log_entry (position, id, thread, version, actor, clock, act, data_type, parents, judged_by,
                namespace, kind, body, recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?)""";

    private final Connection connection;
    private final PreparedStatement insert;
    private int waiting;

    private LogImport(Connection connection, PreparedStatement insert) {
        this.connection = connection;
        this.insert = insert;
    }

    /** @throws IllegalStateException when the log holds anything */
    public static LogImport into(DataSource source) {
        try {
            Connection connection = source.getConnection();
            connection.setAutoCommit(false);
            new EntryWriter(Durability.DURABLE).lock(connection);
            LogImport started = new LogImport(connection, connection.prepareStatement(INSERT));
            started.checkEmpty();
            return started;
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    private void checkEmpty() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from log_entry")) {
            row.next();
            long records = row.getLong(1);
            if (records > 0) {
                close();
                throw new IllegalStateException("Expected an empty log to restore into, but it holds " + records
                        + " records: choose a new data folder");
            }
        }
    }

    public void add(Entry entry) {
        try {
            fill(entry);
            insert.addBatch();
            waiting++;
            if (waiting == BATCH_ROWS) {
                insert.executeBatch();
                waiting = 0;
            }
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    private void fill(Entry entry) throws SQLException {
        Draft draft = entry.draft();
        int column = 0;
        insert.setLong(++column, entry.position());
        insert.setBytes(++column, entry.id().bytes());
        insert.setString(++column, entry.thread().value());
        insert.setLong(++column, entry.version());
        insert.setString(++column, draft.actor().value());
        insert.setLong(++column, draft.clock());
        insert.setString(++column, draft.act().name());
        insert.setString(++column, draft.dataType().name());
        insert.setBytes(++column, EntryWriter.concatenated(draft.parents()));
        insert.setBytes(++column, EntryWriter.judgedBy(draft));
        insert.setString(++column, entry.namespace());
        insert.setString(++column, entry.kind());
        insert.setString(++column, entry.body().canonical());
        insert.setObject(++column, entry.recordedAt().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    /** A reader's cursor, which comes and goes with the entries. */
    public void cursor(String name, long position) {
        try (PreparedStatement statement = connection.prepareStatement(CursorTable.STORE)) {
            statement.setString(1, name);
            statement.setLong(2, position);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    public void commit() {
        try {
            insert.executeBatch();
            connection.commit();
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }

    /** Takes back what was not committed. */
    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }
}
