package io.fourfold.orchestration.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Who runs what: leases on the execution queue, taken with {@code FOR UPDATE SKIP LOCKED}, so that several servers
 * share one queue and none runs an execution twice.
 */
public final class Claims {

    /** How long a claim holds without being renewed. */
    public static final int LEASE_SECONDS = 30;

    private static final String CLAIM = """
            update execution_queue set node = ?, token = token + 1, leased_until = now() + make_interval(secs => ?)
            where execution_id in (
              select execution_id from execution_queue where leased_until is null or leased_until < now()
              order by position limit ? for update skip locked)
            returning execution_id, position""";
    private static final String RENEW = "update execution_queue set leased_until = now() + make_interval(secs => ?)"
            + " where node = ? and execution_id = any(?) and leased_until > now()";
    private static final String RELEASE = "update execution_queue set leased_until = null where node = ?";
    private static final String WAITING =
            "select count(*) from execution_queue where leased_until is null or leased_until < now()";

    private final DataSource source;
    private final String node;

    public Claims(DataSource source, String node) {
        this.source = source;
        this.node = node;
    }

    /** Takes up to {@code limit} waiting executions, oldest first. */
    public List<String> claim(int limit) {
        return with(CLAIM, statement -> {
            statement.setString(1, node);
            statement.setInt(2, LEASE_SECONDS);
            statement.setInt(3, limit);
            record Claimed(String id, long position) {}
            List<Claimed> claimed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(new Claimed(rows.getString(1), rows.getLong(2)));
                }
            }
            claimed.sort((a, b) -> Long.compare(a.position(), b.position()));
            return claimed.stream().map(Claimed::id).toList();
        });
    }

    /** Holds on to these, as far as this node has them; what it claimed and does not run any more lapses. */
    public void renew(List<String> executionIds) {
        with(RENEW, statement -> {
            statement.setInt(1, LEASE_SECONDS);
            statement.setString(2, node);
            statement.setArray(3, statement.getConnection().createArrayOf("text", executionIds.toArray()));
            return statement.executeUpdate();
        });
    }

    /** Lets go of what this node held before it was started: nobody runs it any more. */
    public void releaseAll() {
        with(RELEASE, statement -> {
            statement.setString(1, node);
            return statement.executeUpdate();
        });
    }

    public long waiting() {
        return with(WAITING, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return use.of(statement);
        } catch (SQLException broken) {
            throw new IllegalStateException("The execution queue cannot be reached: " + broken.getMessage(), broken);
        }
    }
}
