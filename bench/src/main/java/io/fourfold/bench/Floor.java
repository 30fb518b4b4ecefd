package io.fourfold.bench;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/** The least that storing a record can cost: a prepared INSERT into a table like the log, a connection per caller. */
final class Floor implements AutoCloseable {

    private static final String INSERT = "insert into floor_entry (position, id, thread, version, actor, clock, act,"
            + " data_type, parents, namespace, kind, body, recorded_at)"
            + " values (?, ?, ?, ?, 'did:fourfold:agent:bench', ?, 'DO', 'SCALAR', '', 'default', '', ?::json, now())";

    private final AtomicLong position = new AtomicLong();
    private final Connection[] connections;
    private final PreparedStatement[] inserts;
    private final String body;

    Floor(String url, int callers, String body) throws SQLException {
        this.body = body;
        connections = new Connection[callers];
        inserts = new PreparedStatement[callers];
        for (int caller = 0; caller < callers; caller++) {
            connections[caller] = DriverManager.getConnection(url + "&reWriteBatchedInserts=true");
            if (caller == 0) {
                create(connections[0]);
            }
            inserts[caller] = connections[caller].prepareStatement(INSERT);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists floor_entry");
            statement.execute("create table floor_entry (like log_entry including all)");
        }
    }

    void insert(int caller) throws SQLException {
        bind(caller);
        inserts[caller].executeUpdate();
    }

    void insertBatch(int caller, int records) throws SQLException {
        connections[caller].setAutoCommit(false);
        for (int i = 0; i < records; i++) {
            bind(caller);
            inserts[caller].addBatch();
        }
        inserts[caller].executeBatch();
        connections[caller].commit();
    }

    private void bind(int caller) throws SQLException {
        long next = position.incrementAndGet();
        PreparedStatement insert = inserts[caller];
        insert.setLong(1, next);
        insert.setBytes(2, ByteBuffer.allocate(32).putLong(Long.reverse(next)).array());
        insert.setString(3, "th_bench." + caller);
        insert.setLong(4, next);
        insert.setLong(5, next);
        insert.setString(6, body);
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
