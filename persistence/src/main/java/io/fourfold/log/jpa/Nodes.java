package io.fourfold.log.jpa;

import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The nodes that share a database: each listens on a connection of its own, and says with every commit which threads
 * have grown, as long as somebody else is there to hear it. For one thread that hears, and any that write.
 */
public final class Nodes implements AutoCloseable {

    static final String CHANNEL = "fourfold_log";

    /** PostgreSQL takes payloads of less than 8,000 bytes; beyond, no threads are named. */
    static final int PAYLOAD_CHARS_MAX = 7_900;

    private static final String ALL = "*";
    private static final String REWRITTEN = "=";
    private static final String SAY = "select pg_notify('" + CHANNEL + "', ?)";
    private static final String SEAT = "1718970982, 1";
    private static final String JOIN = "select pg_advisory_lock_shared(" + SEAT + "), pg_backend_pid()";
    private static final String LEAVE = "unlisten *; select pg_advisory_unlock_shared(" + SEAT + ")";
    private static final String COUNT = "select count(*) from pg_locks where locktype = 'advisory' and granted"
            + " and (classid, objid, objsubid) = (" + SEAT + ", 2)"
            + " and database = (select oid from pg_database where datname = current_database())";

    /** What was heard since the last time. */
    public sealed interface Heard {

        /** Nobody said anything. */
        record Silence() implements Heard {}

        /**
         * Others have committed, none when it was this node itself.
         *
         * @param rewritten see {@link Nodes#sayRewritten}
         */
        record Grown(Set<ThreadId> threads, boolean rewritten) implements Heard {}

        /** Others may have written to any thread. */
        record Any(boolean rewritten) implements Heard {}
    }

    private static final System.Logger LOGGER = System.getLogger(Nodes.class.getName());

    private final DataSource source;
    private Connection connection;
    private volatile int self;
    private volatile boolean alone;

    public Nodes(DataSource source) {
        this.source = source;
    }

    /** What to tell the others of a commit; null when there are none. */
    String announcement(List<Entry> entries) {
        if (alone) {
            return null;
        }
        String threads =
                entries.stream().map(entry -> entry.thread().value()).distinct().collect(Collectors.joining(" "));
        return self + " " + (threads.length() > PAYLOAD_CHARS_MAX ? ALL : threads);
    }

    /** Tells the others that tables were written anew, beside the log. Who misses it keeps what it read for longer. */
    public void sayRewritten() {
        try (Connection any = source.getConnection();
                PreparedStatement statement = any.prepareStatement(SAY)) {
            statement.setString(1, self + " " + REWRITTEN);
            statement.execute();
        } catch (SQLException unheard) {
            LOGGER.log(System.Logger.Level.WARNING, "Other nodes are not told of tables written anew", unheard);
        }
    }

    /** Whether no other node is known; it takes a moment to learn of one that was cut off. */
    public boolean isAlone() {
        return alone;
    }

    /**
     * Waits for others to commit, at most for the time given. Connects first if need be, and then says that anything
     * may have changed.
     *
     * @throws io.fourfold.log.LogUnavailable when the database does not answer; the next call connects again
     */
    public Heard hear(Duration timeout) {
        try {
            if (connection == null) {
                join();
                return new Heard.Any(true);
            }
            PGNotification[] notes =
                    connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(timeout.toMillis()));
            if (notes != null && notes.length > 0) {
                return heard(notes);
            }
            alone = count() < 2;
            return new Heard.Silence();
        } catch (SQLException broken) {
            close();
            throw Outage.of(broken);
        }
    }

    /** The others learn at once that they are not alone. */
    private void join() throws SQLException {
        connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet joined = statement.executeQuery(JOIN)) {
                joined.next();
                self = joined.getInt(2);
            }
            statement.execute("listen " + CHANNEL);
            statement.execute("notify " + CHANNEL + ", '" + self + " '");
        }
        alone = count() < 2;
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Heard heard(PGNotification[] notes) {
        Set<String> words = new HashSet<>();
        for (PGNotification note : notes) {
            List<String> said = Arrays.asList(note.getParameter().split(" "));
            if (!said.get(0).equals(Integer.toString(self))) {
                alone = false;
                words.addAll(said.subList(1, said.size()));
            }
        }
        boolean rewritten = words.remove(REWRITTEN);
        return words.contains(ALL)
                ? new Heard.Any(rewritten)
                : new Heard.Grown(words.stream().map(ThreadId::new).collect(Collectors.toSet()), rewritten);
    }

    /** Ends the interest; what is written from now on is told to whoever hears. */
    @Override
    public void close() {
        alone = false;
        self = 0;
        Connection left = connection;
        connection = null;
        if (left == null) {
            return;
        }
        try (left;
                Statement statement = left.createStatement()) {
            statement.execute(LEAVE);
        } catch (SQLException gone) {
            LOGGER.log(System.Logger.Level.DEBUG, "The listening connection is gone", gone);
        }
    }
}
