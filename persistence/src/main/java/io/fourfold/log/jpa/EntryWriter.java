package io.fourfold.log.jpa;

import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a group of entries in one round trip: takes the log's lock, then inserts, if the log still ends where the
 * group begins. The lock makes nodes take turns, so that positions become visible in order and without gaps.
 */
final class EntryWriter {

    /** The advisory lock of the log: "log" in ASCII. */
    private static final long LOCK = 0x6c6f67;

    private static final String LOCK_SQL =
            "select pg_advisory_xact_lock(" + LOCK + "), set_config('synchronous_commit', '%s', true)";
    private static final String COLUMNS = "insert into log_entry (position, id, thread, version, actor, clock, act,"
            + " data_type, parents, judged_by, namespace, kind, body, recorded_at)\n";

    /**
     * Positions have no gaps, so that the log has moved on exactly if the next one is taken. Not enough where a crash
     * may take back what was said to be stored: then the log's end itself is compared.
     */
    private static final String ONE =
            COLUMNS + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?) on conflict (position) do nothing";

    private static final String MANY = COLUMNS + """
            select ? + r.n, r.id, r.thread, r.version, r.actor, r.clock, r.act, r.data_type, r.parents, r.judged_by,
                r.namespace, r.kind, r.body::json, ?
            from unnest(?::bytea[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bytea[],
                ?::bytea[], ?::text[], ?::text[], ?::text[])
                with ordinality as r(id, thread, version, actor, clock, act, data_type, parents, judged_by, namespace,
                    kind, body, n)
            where coalesce((select position from log_entry order by position desc limit 1), 0) = ?""";

    private static final String ANNOUNCE = ";\nselect pg_notify('" + Nodes.CHANNEL + "', ?)";

    private final boolean durable;
    private final String lock;
    private final String lockAndInsertOne;
    private final String lockAndInsertMany;

    EntryWriter(Durability durability) {
        durable = durability == Durability.DURABLE;
        lock = LOCK_SQL.formatted(durability.synchronousCommit());
        lockAndInsertOne = lock + ";\n" + ONE;
        lockAndInsertMany = lock + ";\n" + MANY;
    }

    /** Waits for the other nodes; holds until the end of the transaction. */
    void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(lock)) {
            statement.execute();
        }
    }

    /**
     * False when the log has moved on; then nothing is written. Statements of one round trip are one transaction, and
     * the
     * announcement, if there is one, is heard after its commit.
     */
    boolean write(Connection connection, List<Entry> entries, String announcement) throws SQLException {
        boolean one = entries.size() == 1 && durable;
        String insert = one ? lockAndInsertOne : lockAndInsertMany;
        String sql = announcement == null ? insert : insert + ANNOUNCE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = one ? set(statement, entries.get(0)) : set(connection, statement, entries);
            if (announcement != null) {
                statement.setString(next, announcement);
            }
            statement.execute();
            statement.getMoreResults();
            return statement.getUpdateCount() == entries.size();
        }
    }

    private static int set(PreparedStatement statement, Entry entry) throws SQLException {
        Draft draft = entry.draft();
        statement.setLong(1, entry.position());
        statement.setBytes(2, entry.id().bytes());
        statement.setString(3, entry.thread().value());
        statement.setLong(4, entry.version());
        statement.setString(5, draft.actor().value());
        statement.setLong(6, draft.clock());
        statement.setString(7, draft.act().name());
        statement.setString(8, draft.dataType().name());
        statement.setBytes(9, concatenated(draft.parents()));
        statement.setBytes(10, judgedBy(draft));
        statement.setString(11, entry.namespace());
        statement.setString(12, entry.kind());
        statement.setString(13, entry.body().canonical());
        statement.setObject(14, recordedAt(entry), Types.TIMESTAMP_WITH_TIMEZONE);
        return 15;
    }

    private static int set(Connection connection, PreparedStatement statement, List<Entry> entries)
            throws SQLException {
        long before = entries.get(0).position() - 1;
        statement.setLong(1, before);
        statement.setObject(2, recordedAt(entries.get(0)), Types.TIMESTAMP_WITH_TIMEZONE);
        Columns columns = new Columns(connection, statement, entries, 3);
        columns.bytes(entry -> entry.id().bytes());
        columns.text(entry -> entry.thread().value());
        columns.number(Entry::version);
        columns.text(entry -> entry.draft().actor().value());
        columns.number(entry -> entry.draft().clock());
        columns.text(entry -> entry.draft().act().name());
        columns.text(entry -> entry.draft().dataType().name());
        columns.bytes(entry -> concatenated(entry.draft().parents()));
        columns.bytes(entry -> judgedBy(entry.draft()));
        columns.text(Entry::namespace);
        columns.text(Entry::kind);
        columns.text(entry -> entry.body().canonical());
        statement.setLong(columns.next, before);
        return columns.next + 1;
    }

    private static OffsetDateTime recordedAt(Entry entry) {
        return OffsetDateTime.ofInstant(entry.recordedAt(), ZoneOffset.UTC);
    }

    static byte[] concatenated(List<EntryId> ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.size() * 32);
        ids.forEach(id -> bytes.writeBytes(id.bytes()));
        return bytes.toByteArray();
    }

    static byte[] judgedBy(Draft draft) {
        return draft.judgedBy() == null ? null : draft.judgedBy().bytes();
    }

    /** Sets one array parameter per column, in order. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Entry> entries;
        private int next;

        private Columns(Connection connection, PreparedStatement statement, List<Entry> entries, int first) {
            this.connection = connection;
            this.statement = statement;
            this.entries = entries;
            this.next = first;
        }

        private void bytes(Function<Entry, byte[]> value) throws SQLException {
            add("bytea", entries.stream().map(value).toArray(byte[][]::new));
        }

        private void text(Function<Entry, String> value) throws SQLException {
            add("text", entries.stream().map(value).toArray(String[]::new));
        }

        private void number(Function<Entry, Long> value) throws SQLException {
            add("bigint", entries.stream().map(value).toArray(Long[]::new));
        }

        private void add(String type, Object[] values) throws SQLException {
            statement.setArray(next++, connection.createArrayOf(type, values));
        }
    }
}
