package io.fourfold.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Who does what: leases on the rows of one queue, taken with {@code FOR UPDATE SKIP LOCKED}, first come first served,
 * so that several nodes share a queue and none does a thing twice. The rows come and go with the log.
 */
public final class WorkQueue {

    /** How long a claim holds without being renewed. */
    public static final int LEASE_SECONDS = 30;

    private static final String FREE = "queue = ? and (leased_until is null or leased_until < now())"
            + " and (not_before is null or not_before <= now())";
    private static final String TAKE =
            "update work_queue set node = ?, token = token + 1, leased_until = now() + make_interval(secs => ?)"
                    + " where id in (%s) returning id, token, position";
    private static final String CLAIM =
            "select id from work_queue where %s order by position limit ?" + " for update skip locked";

    /**
     * Where the work is done: for an execution, the namespace of the record that led to it. Null while the read models
     * do not know it yet: then it waits, as long as anything is frozen.
     */
    private static final String NAMESPACE =
            "coalesce((select d.namespace from view_dispatch d where d.id = work_queue.id),"
                    + " (select coalesce(l.namespace, 'default') from view_execution_list e"
                    + " left join log_entry l on l.id = decode(substring(e.cause from '^[0-9a-f]{64}$'), 'hex')"
                    + " where e.id = work_queue.id))";

    private static final String THAWED = FREE + " and exists (select from (select " + NAMESPACE + ") as its(namespace)"
            + " where namespace is not null and not exists (select from unnest(?::text[]) as frozen(root)"
            + " where namespace = root or starts_with(namespace, root || '/')))";

    /** A claim need not survive a crash of the database: what it was for is in the log. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('fourfold.queue.' || ?, 0)),"
            + " set_config('synchronous_commit', 'off', true)";

    private static final String IN_LANES = """
            with held as (
              select lane, count(*) n from work_queue where queue = ? and leased_until > now() group by lane),
            waiting as (
              select id, position, lane, row_number() over (partition by lane order by position) place
              from (select id, position, lane from work_queue where %s order by position limit %d) first_in_line)
            select w.id from waiting w
              left join held h on h.lane = w.lane
              left join unnest(?::text[], ?::int[]) as most(lane, n) on most.lane = w.lane
            where most.n is null or w.place + coalesce(h.n, 0) <= most.n
            order by w.position limit greatest(0, least(?, ? - (select coalesce(sum(n), 0) from held)))""";
    private static final String RENEW = "update work_queue set leased_until = now() + make_interval(secs => ?)"
            + " where queue = ? and node = ? and id = any(?) and leased_until > now()";
    private static final String TAKEN =
            "select id from work_queue where queue = ? and node <> ? and id = any(?) and leased_until > now()";
    private static final String IDS = "select id from work_queue where queue = ?";
    private static final String RELEASE_ALL = "update work_queue set leased_until = null where queue = ? and node = ?";
    private static final String RELEASE =
            "update work_queue set leased_until = null, not_before = ? where id = ? and token = ?";
    private static final String DONE = "with soon as (select set_config('synchronous_commit', 'off', true))"
            + " update work_queue set leased_until = null, not_before = 'infinity'"
            + " where id = ? and token = ? and exists (select 1 from soon)";
    private static final String WAITING = "select count(*) from work_queue where " + FREE;

    private final DataSource source;
    private final String queue;
    private final String node;

    public WorkQueue(DataSource source, String queue, String node) {
        this.source = source;
        this.queue = queue;
        this.node = node;
    }

    /** Takes up to {@code limit}, oldest first; nothing from {@code frozen} namespaces, each with all below it. */
    public List<Claim> claim(int limit, List<String> frozen) {
        return with(TAKE.formatted(CLAIM.formatted(waiting(frozen))), statement -> {
            statement.setString(1, node);
            statement.setInt(2, LEASE_SECONDS);
            int next = waiting(statement, 3, frozen);
            statement.setInt(next, limit);
            return claimed(statement);
        });
    }

    private static String waiting(List<String> frozen) {
        return frozen.isEmpty() ? FREE : THAWED;
    }

    /** The next parameter's number. */
    private int waiting(PreparedStatement statement, int at, List<String> frozen) throws SQLException {
        statement.setString(at, queue);
        if (frozen.isEmpty()) {
            return at + 1;
        }
        statement.setArray(at + 1, statement.getConnection().createArrayOf("text", frozen.toArray()));
        return at + 2;
    }

    /**
     * Takes what the limits leave room for, oldest first; nodes take turns, so that no limit is passed together.
     * Nothing from {@code frozen} namespaces, each with all below it.
     */
    public List<Claim> claim(Lanes lanes, List<String> frozen) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(LOCK);
                    PreparedStatement statement = connection.prepareStatement(
                            TAKE.formatted(IN_LANES.formatted(waiting(frozen), lanes.lookAhead())))) {
                lock.setString(1, queue);
                lock.execute();
                Map<String, Integer> most = lanes.perLane();
                List<String> names = List.copyOf(most.keySet());
                statement.setString(1, node);
                statement.setInt(2, LEASE_SECONDS);
                statement.setString(3, queue);
                int next = waiting(statement, 4, frozen);
                statement.setArray(next, connection.createArrayOf("text", names.toArray()));
                statement.setArray(
                        next + 1,
                        connection.createArrayOf(
                                "int", names.stream().map(most::get).toArray()));
                statement.setInt(next + 2, lanes.room());
                statement.setInt(next + 3, lanes.atOnce());
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
     * Holds on to these, as far as this node has them; what it claimed and does not run any more lapses.
     *
     * @return those that another node has taken, because this one was silent for too long
     */
    public List<String> renew(List<String> ids) {
        return with(RENEW, statement -> {
            statement.setInt(1, LEASE_SECONDS);
            statement.setString(2, queue);
            statement.setString(3, node);
            statement.setArray(4, statement.getConnection().createArrayOf("text", ids.toArray()));
            statement.executeUpdate();
            return with(TAKEN, taken -> {
                taken.setString(1, queue);
                taken.setString(2, node);
                taken.setArray(3, taken.getConnection().createArrayOf("text", ids.toArray()));
                return texts(taken);
            });
        });
    }

    /** All that is waiting or held anywhere. */
    public List<String> ids() {
        return with(IDS, statement -> {
            statement.setString(1, queue);
            return texts(statement);
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

    /** Makes room at once for one that is done; the log takes its row away. */
    public void done(Claim claim) {
        with(DONE, statement -> {
            statement.setString(1, claim.id());
            statement.setLong(2, claim.token());
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
