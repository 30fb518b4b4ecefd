package io.fourfold.log.jpa;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Sequencer;
import io.fourfold.log.ThreadId;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The log in PostgreSQL, safe for many threads and many nodes. A group costs one round trip while this node alone
 * writes: it is decided on the heads this node remembers, and stored only if they are still the heads. When another
 * node came first, or a thread that
 * its writer took for new is not, the group is decided again under the lock.
 */
public final class JpaLog implements Log {

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource source;
    private final Clock clock;
    private final EntryReader reader;
    private final EntryWriter writer;
    private final Heads heads;
    private final Function<List<Entry>, String> announcement;
    private final ReentrantLock turn = new ReentrantLock();

    /** The data source must give connections that commit by themselves: none that take part in a JTA transaction. */
    public JpaLog(DataSource source, EntityManagerFactory units, Clock clock, Durability durability) {
        this(source, units, clock, durability, entries -> null);
    }

    /** Tells the other nodes of every commit. */
    public JpaLog(DataSource source, EntityManagerFactory units, Clock clock, Durability durability, Nodes nodes) {
        this(source, units, clock, durability, nodes::announcement);
    }

    private JpaLog(
            DataSource source,
            EntityManagerFactory units,
            Clock clock,
            Durability durability,
            Function<List<Entry>, String> announcement) {
        this.announcement = announcement;
        this.source = source;
        this.clock = clock;
        this.reader = new EntryReader(units);
        this.writer = new EntryWriter(durability);
        this.heads = new Heads(reader);
    }

    @Override
    public List<Receipt> append(List<Append> group) {
        turn.lock();
        boolean done = false;
        try (Connection connection = source.getConnection()) {
            if (!connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "Expected a connection that commits by itself, but it is in a transaction");
            }
            Optional<List<Receipt>> atOnce = appendAtOnce(connection, group);
            List<Receipt> receipts = atOnce.isPresent() ? atOnce.get() : appendLocked(connection, group);
            done = true;
            return receipts;
        } catch (SQLException failure) {
            throw Outage.of(failure);
        } finally {
            if (!done) {
                heads.forget();
            }
            turn.unlock();
        }
    }

    /** Empty when another node has written since this one last looked, or a thread is not as new as was believed. */
    private Optional<List<Receipt>> appendAtOnce(Connection connection, List<Append> group) throws SQLException {
        boolean believed = heads.prepare(connection, group, true);
        Sequencer.Decided decided = Sequencer.decide(group, heads, clock.instant());
        boolean refused = decided.receipts().stream().anyMatch(Receipt.Refused.class::isInstance);
        if (believed && refused) {
            return Optional.empty();
        }
        boolean valid = decided.fresh().isEmpty()
                ? !refused || reader.head() == heads.position()
                : written(connection, decided.fresh(), believed);
        if (!valid) {
            return Optional.empty();
        }
        heads.add(decided.fresh());
        return Optional.of(decided.receipts());
    }

    /** @param believed not all that was decided on had been read: the keys of the table may refuse it */
    private boolean written(Connection connection, List<Entry> entries, boolean believed) throws SQLException {
        try {
            return write(connection, entries);
        } catch (SQLException taken) {
            if (believed && UNIQUE_VIOLATION.equals(taken.getSQLState())) {
                return false;
            }
            throw taken;
        }
    }

    private List<Receipt> appendLocked(Connection connection, List<Append> group) throws SQLException {
        connection.setAutoCommit(false);
        try {
            writer.lock(connection);
            heads.forget();
            heads.prepare(connection, group, false);
            Sequencer.Decided decided = Sequencer.decide(group, heads, clock.instant());
            if (!decided.fresh().isEmpty() && !write(connection, decided.fresh())) {
                throw new IllegalStateException("Expected the log to stand still under its lock, but it moved on");
            }
            connection.commit();
            heads.add(decided.fresh());
            return decided.receipts();
        } catch (SQLException | RuntimeException failure) {
            rollBack(connection, failure);
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private boolean write(Connection connection, List<Entry> entries) throws SQLException {
        return writer.write(connection, entries, announcement.apply(entries));
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    @Override
    public List<Entry> after(long position, int limit) {
        return reader.after(position, limit);
    }

    @Override
    public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        return reader.thread(thread, fromVersion, limit);
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        return reader.find(List.of(id)).stream().findFirst();
    }

    @Override
    public long head() {
        return reader.head();
    }
}
