package io.fourfold.log.jpa;

import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.History;
import io.fourfold.log.RecordHash;
import io.fourfold.log.Seat;
import io.fourfold.log.ThreadId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ends of the threads lately written to, true as of one position of the log. Another node may have moved the log on
 * since: who stores what was decided on these must check that the log still ends at {@link #position}.
 */
final class Heads implements History {

    /** Seats kept between groups; beyond, all are forgotten and read again. */
    static final int SEATS_MAX = 100_000;

    private static final long UNKNOWN = -1;
    private static final String LOAD = """
            select s.n, coalesce((select position from log_entry order by position desc limit 1), 0),
                (select recorded_at from log_entry order by position desc limit 1),
                coalesce((select max(version) from log_entry e where e.thread = s.thread), -1) + 1,
                coalesce((select max(clock) from log_entry e where e.thread = s.thread and e.actor = s.actor), -1)
            from unnest(?::text[], ?::text[]) with ordinality as s(thread, actor, n)""";

    private final EntryReader reader;
    private final Map<ThreadId, Long> lengths = new HashMap<>();
    private final Map<Seat, Long> clocks = new HashMap<>();
    private final Map<EntryId, Entry> found = new HashMap<>();
    private long position = UNKNOWN;
    private Instant recordedAt = Instant.EPOCH;

    Heads(EntryReader reader) {
        this.reader = reader;
    }

    void forget() {
        lengths.clear();
        clocks.clear();
        position = UNKNOWN;
    }

    /**
     * Reads what deciding this group needs and is not known yet. Of a thread that its writer takes for new, that is
     * believed when {@code trusting}: the table's keys refuse what would be written on a wrong belief.
     *
     * @return whether anything was believed
     */
    boolean prepare(Connection connection, List<Append> group, boolean trusting) throws SQLException {
        if (clocks.size() > SEATS_MAX) {
            forget();
        }
        Set<Seat> seats = new HashSet<>();
        Set<Seat> believed = new HashSet<>();
        for (Append append : group) {
            for (Draft draft : append.drafts()) {
                seats.add(seat(draft));
                if (trusting && isUnknown(draft.thread()) && isNew(append, draft.thread())) {
                    believed.add(seat(draft));
                }
            }
        }
        believe(believed);
        List<Seat> missing =
                seats.stream().filter(seat -> !clocks.containsKey(seat)).toList();
        if (!missing.isEmpty() && !load(connection, missing)) {
            forget();
            load(connection, List.copyOf(seats));
        }
        findRepeated(group);
        return !believed.isEmpty();
    }

    private boolean isUnknown(ThreadId thread) {
        return position != UNKNOWN && !lengths.containsKey(thread);
    }

    private static boolean isNew(Append append, ThreadId thread) {
        Long length = append.expect().of(thread);
        return length != null && length == 0;
    }

    private void believe(Set<Seat> seats) {
        for (Seat seat : seats) {
            lengths.put(seat.thread(), 0L);
            clocks.put(seat, NO_CLOCK);
        }
    }

    void add(List<Entry> stored) {
        for (Entry entry : stored) {
            lengths.put(entry.thread(), entry.version() + 1);
            clocks.put(seat(entry.draft()), entry.draft().clock());
            position = entry.position();
            recordedAt = entry.recordedAt();
        }
    }

    /** False when the log has moved on, so that these and the heads known before do not go together. */
    private boolean load(Connection connection, List<Seat> seats) throws SQLException {
        Array threads = connection.createArrayOf(
                "text", seats.stream().map(seat -> seat.thread().value()).toArray());
        Array actors = connection.createArrayOf(
                "text", seats.stream().map(seat -> seat.actor().value()).toArray());
        try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
            statement.setArray(1, threads);
            statement.setArray(2, actors);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!isAt(rows)) {
                        return false;
                    }
                    Seat seat = seats.get(rows.getInt(1) - 1);
                    lengths.put(seat.thread(), rows.getLong(4));
                    clocks.put(seat, rows.getLong(5));
                }
            }
        }
        return true;
    }

    private boolean isAt(ResultSet row) throws SQLException {
        long actual = row.getLong(2);
        if (position == UNKNOWN) {
            position = actual;
            OffsetDateTime at = row.getObject(3, OffsetDateTime.class);
            recordedAt = at == null ? Instant.EPOCH : at.toInstant();
        }
        return position == actual;
    }

    /** Only a record whose clock is not above the last one can be stored already. */
    private void findRepeated(List<Append> group) {
        Set<EntryId> repeated = new HashSet<>();
        for (Append append : group) {
            for (Draft draft : append.drafts()) {
                if (draft.clock() != null && draft.clock() <= clocks.get(seat(draft))) {
                    repeated.add(RecordHash.id(draft));
                }
            }
        }
        found.clear();
        List<EntryId> ids = new ArrayList<>(repeated);
        for (int from = 0; from < ids.size(); from += Append.DRAFTS_MAX) {
            reader.find(ids.subList(from, Math.min(ids.size(), from + Append.DRAFTS_MAX)))
                    .forEach(entry -> found.put(entry.id(), entry));
        }
    }

    private static Seat seat(Draft draft) {
        return new Seat(draft.thread(), draft.actor());
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Instant recordedAt() {
        return recordedAt;
    }

    @Override
    public long length(ThreadId thread) {
        return lengths.get(thread);
    }

    @Override
    public long lastClock(ThreadId thread, Did actor) {
        return clocks.get(new Seat(thread, actor));
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        return Optional.ofNullable(found.get(id));
    }
}
