package io.fourfold.queue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Who does what: leases on the rows of one queue, taken under one advisory lock per queue, first come first served,
 * so that several nodes share a queue and none does a thing twice. The rows come and go with the log.
 */
public final class WorkQueue {

    /** How long a claim holds without being renewed. */
    public static final int LEASE_SECONDS = 30;

    private static final String RENEW = "update work_queue w set leased_until = now() + make_interval(secs => ?)"
            + " from unnest(?::text[], ?::bigint[]) as mine(id, token)"
            + " where w.queue = ? and w.id = mine.id and w.token = mine.token and w.leased_until > now()";
    private static final String NOT_OURS = "select distinct w.id from work_queue w join unnest(?::text[]) as i(id)"
            + " on i.id = w.id where w.queue = ? and (w.leased_until is null or w.leased_until < now() or not exists ("
            + "select 1 from unnest(?::text[], ?::bigint[]) as mine(id, token)"
            + " where mine.id = w.id and mine.token = w.token))";
    private static final String LEASED =
            "select id from work_queue where queue = ? and id = ? and leased_until > now()";
    private static final String RELEASE_ALL = "update work_queue set leased_until = null where queue = ? and node = ?";
    private static final String RELEASE =
            "update work_queue set leased_until = null, not_before = ? where id = ? and token = ?";
    private static final String DONE = "with soon as (select set_config('synchronous_commit', 'off', true))"
            + " update work_queue set leased_until = null, not_before = 'infinity'"
            + " where id = ? and token = ? and exists (select 1 from soon)";
    private static final String LET_GO = """
            with gone as (delete from work_queue where id = ? and token = ? and over)
            update work_queue set leased_until = null, not_before = now() + make_interval(secs => ?)
            where id = ? and token = ? and not over""";
    private static final String SWEEP =
            "delete from work_queue where queue = ? and over and (leased_until is null or leased_until < now())";
    private static final String WAITING = "select count(*) from work_queue w where " + Taking.FREE;

    /** What was let go of before the read model knows that it is over is not given out again for so long. */
    private static final int LET_GO_SECONDS = 1;

    private final DataSource source;
    private final String queue;
    private final String node;

    public WorkQueue(DataSource source, String queue, String node) {
        this.source = source;
        this.queue = queue;
        this.node = node;
    }

    /**
     * Takes what the limits leave room for, first come first served; nodes take turns, so that no limit is passed
     * together. A lane holds up no other, and has the smallest limit that what is in it asks for. What had begun and
     * lost its worker comes first, also beyond the limits.
     *
     * @param held tags; nothing new that has one of them is taken
     */
    public List<Claim> claim(Lanes lanes, List<String> held) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(Taking.LOCK);
                    PreparedStatement statement = connection.prepareStatement(Taking.TAKE)) {
                lock.setString(1, queue);
                lock.execute();
                Map<String, Integer> most = lanes.perLane();
                List<String> names = List.copyOf(most.keySet());
                statement.setString(1, queue);
                statement.setArray(2, connection.createArrayOf("text", names.toArray()));
                statement.setArray(
                        3,
                        connection.createArrayOf(
                                "int", names.stream().map(most::get).toArray()));
                statement.setString(4, queue);
                statement.setArray(5, connection.createArrayOf("text", held.toArray()));
                statement.setString(6, node);
                statement.setInt(7, LEASE_SECONDS);
                statement.setInt(8, lanes.room());
                statement.setInt(9, lanes.atOnce());
                List<Claim> claimed = claimed(statement);
                connection.commit();
                return claimed;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    private static List<Claim> claimed(PreparedStatement statement) throws SQLException {
        record Row(Claim claim, long position) {}
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(new Claim(row.getString(1), row.getLong(2)), row.getLong(3)));
            }
        }
        return rows.stream()
                .sorted(Comparator.comparingLong(Row::position))
                .map(Row::claim)
                .toList();
    }

    /**
     * Holds on to these, as far as nobody claimed them later; what is claimed and does not run any more lapses.
     *
     * @return those that are not held by any of these claims, because this node was silent for too long
     */
    public List<String> renew(List<Claim> claims) {
        return with(RENEW, statement -> {
            statement.setInt(1, LEASE_SECONDS);
            statement.setArray(2, ids(statement, claims));
            statement.setArray(3, tokens(statement, claims));
            statement.setString(4, queue);
            statement.executeUpdate();
            return with(NOT_OURS, lost -> {
                lost.setArray(1, ids(lost, claims));
                lost.setString(2, queue);
                lost.setArray(3, ids(lost, claims));
                lost.setArray(4, tokens(lost, claims));
                return texts(lost);
            });
        });
    }

    private static Array ids(Statement statement, List<Claim> claims) throws SQLException {
        Object[] ids = claims.stream().map(Claim::id).toArray();
        return statement.getConnection().createArrayOf("text", ids);
    }

    private static Array tokens(Statement statement, List<Claim> claims) throws SQLException {
        Object[] tokens = claims.stream().map(Claim::token).toArray();
        return statement.getConnection().createArrayOf("bigint", tokens);
    }

    /** Whether any node holds it. */
    public boolean isLeased(String id) {
        return with(LEASED, statement -> {
            statement.setString(1, queue);
            statement.setString(2, id);
            return !texts(statement).isEmpty();
        });
    }

    private static List<String> texts(PreparedStatement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Gives back one that is to be tried again, not before the time given. */
    public void release(Claim claim, Instant notBefore) {
        with(RELEASE, statement -> {
            statement.setTimestamp(1, Timestamp.from(notBefore));
            statement.setString(2, claim.id());
            statement.setLong(3, claim.token());
            return statement.executeUpdate();
        });
    }

    /** Makes room at once for one whose end is in the log, which takes its row away. */
    public void done(Claim claim) {
        with(DONE, statement -> {
            statement.setString(1, claim.id());
            statement.setLong(2, claim.token());
            return statement.executeUpdate();
        });
    }

    /**
     * The worker has let go: makes room at once. What is over is gone with it; what is not, because it was tried again
     * meanwhile, waits for its turn.
     */
    public void letGo(Claim claim) {
        with(LET_GO, statement -> {
            statement.setString(1, claim.id());
            statement.setLong(2, claim.token());
            statement.setInt(3, LET_GO_SECONDS);
            statement.setString(4, claim.id());
            statement.setLong(5, claim.token());
            return statement.executeUpdate();
        });
    }

    /** Takes away what is over and was held by a node that is gone. */
    public void sweep() {
        with(SWEEP, statement -> {
            statement.setString(1, queue);
            return statement.executeUpdate();
        });
    }

    /** Lets go of what this node held before it was started: nobody runs it any more. */
    public void releaseAll() {
        with(RELEASE_ALL, statement -> {
            statement.setString(1, queue);
            statement.setString(2, node);
            return statement.executeUpdate();
        });
    }

    public long waiting() {
        return with(WAITING, statement -> {
            statement.setString(1, queue);
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
            throw unreachable(broken);
        }
    }

    private IllegalStateException unreachable(SQLException broken) {
        return new IllegalStateException("The " + queue + " queue cannot be reached: " + broken.getMessage(), broken);
    }
}
