package io.fourfold.audit.jdbc;

import io.fourfold.audit.CompactRange;
import io.fourfold.audit.Merkle;
import io.fourfold.audit.Proofs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Roots of subtrees over the ids of the log. Those of {@value #CHUNK} leaves and more are kept in a table, which is a
 * fold
 * of the log: a proof reads at most 64 of them and some thousand ids, a new root those and what came since the last
 * time.
 */
public final class SubtreeTable implements Proofs.Subtrees {

    /** Leaves under the smallest subtree that is kept. */
    static final int CHUNK = 1 << SubtreeTable.CHUNK_LEVEL;

    private static final int CHUNK_LEVEL = 10;
    private static final String IDS =
            "select position, id from log_entry where position > ? and position <= ? order by position";
    private static final String FIND = "select hash from merkle_node where level = ? and place = ?";
    private static final String KEEP =
            "insert into merkle_node (level, place, hash) values (?, ?, ?) on conflict do nothing";
    private static final String COVERED = "select coalesce(max(place) + 1, 0) from merkle_node where level = ?";

    private final DataSource source;

    public SubtreeTable(DataSource source) {
        this.source = source;
    }

    /** Leaf n is the record at position n + 1. */
    @Override
    public byte[] root(long start, long end) {
        try (Connection connection = source.getConnection()) {
            return root(connection, start, end);
        } catch (SQLException failure) {
            throw StoredRows.unavailable(failure);
        }
    }

    /** Keeps the roots of what became complete below {@code size} since the last time. */
    public void extend(long size) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (long chunk = covered(connection); (chunk + 1) * CHUNK <= size; chunk++) {
                    keep(connection, chunk);
                    connection.commit();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw StoredRows.unavailable(failure);
        }
    }

    private byte[] root(Connection connection, long start, long end) throws SQLException {
        long size = end - start;
        if (size >= CHUNK && Long.bitCount(size) == 1 && start % size == 0) {
            Optional<byte[]> kept = find(connection, Long.numberOfTrailingZeros(size), start / size);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        if (size <= CHUNK) {
            return fromIds(connection, start, end);
        }
        long middle = start + Long.highestOneBit(size - 1);
        return Merkle.node(root(connection, start, middle), root(connection, middle, end));
    }

    private static byte[] fromIds(Connection connection, long start, long end) throws SQLException {
        CompactRange tree = new CompactRange();
        try (PreparedStatement statement = connection.prepareStatement(IDS)) {
            statement.setLong(1, start);
            statement.setLong(2, end);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong(1) != start + tree.size() + 1) {
                        break;
                    }
                    tree.add(Merkle.leaf(rows.getBytes(2)));
                }
            }
        }
        if (tree.size() != end - start) {
            throw new IllegalStateException(
                    "Expected a record at position " + (start + tree.size() + 1) + ", but there is none");
        }
        return tree.root();
    }

    private static void keep(Connection connection, long chunk) throws SQLException {
        byte[] hash = fromIds(connection, chunk * CHUNK, (chunk + 1) * CHUNK);
        int level = CHUNK_LEVEL;
        long place = chunk;
        store(connection, level, place, hash);
        while ((place & 1) == 1) {
            byte[] left = find(connection, level, place - 1).orElseThrow();
            hash = Merkle.node(left, hash);
            level++;
            place >>= 1;
            store(connection, level, place, hash);
        }
    }

    private static void store(Connection connection, int level, long place, byte[] hash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setInt(1, level);
            statement.setLong(2, place);
            statement.setBytes(3, hash);
            statement.executeUpdate();
        }
    }

    private static Optional<byte[]> find(Connection connection, int level, long place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setInt(1, level);
            statement.setLong(2, place);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    private static long covered(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COVERED)) {
            statement.setInt(1, CHUNK_LEVEL);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
