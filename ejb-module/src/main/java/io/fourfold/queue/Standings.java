package io.fourfold.queue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Who stands where in one queue; read only. */
public final class Standings {

    /** Those held at once, and lanes, that are read. */
    private static final int HELD_MAX = 10_000;

    /**
     * One that waits.
     *
     * @param position from 1, over all that wait
     * @param inLane   the same among those of its lane
     * @param most     of its lane at once; null for no such limit
     */
    public record Waiting(
            String id, int position, String lane, int inLane, Integer most, List<String> tags, Instant notBefore) {}

    /** One that a node holds. */
    public record Held(String id, String lane, String node) {}

    private static final String WAITING = """
            select id, place, lane, in_lane, most,
              array(select jsonb_array_elements_text(tags)), not_before from (
              select w.*, l.most, row_number() over (order by position) as place,
                row_number() over (partition by w.lane order by position) as in_lane
              from work_queue w left join (
                select lane, min(lane_limit) as most from work_queue where queue = ? and lane_limit is not null
                group by lane) l on l.lane = w.lane
              where queue = ? and not over and (leased_until is null or leased_until < now())) line
            where ?::text is null or id = ? order by place limit ?""";
    private static final String HELD = "select id, lane, node from work_queue where queue = ? and leased_until > now()"
            + " order by position limit ?";

    private static final String LANES =
            "select distinct lane from work_queue where queue = ? and lane <> '' and not over"
                    + " and (leased_until is null or leased_until < now()) limit ?";

    private final DataSource source;
    private final String queue;

    public Standings(DataSource source, String queue) {
        this.source = source;
        this.queue = queue;
    }

    /** The first in line. */
    public List<Waiting> first(int limit) {
        return waiting(null, limit);
    }

    /** Empty when it does not wait. */
    public Optional<Waiting> of(String id) {
        return waiting(id, 1).stream().findFirst();
    }

    private List<Waiting> waiting(String id, int limit) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, queue);
            statement.setString(2, queue);
            statement.setString(3, id);
            statement.setString(4, id);
            statement.setInt(5, limit);
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(waiting(row));
                }
            }
            return waiting;
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        Timestamp notBefore = row.getTimestamp(7);
        Array tags = row.getArray(6);
        return new Waiting(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getInt(4),
                row.getObject(5, Integer.class),
                List.of((String[]) tags.getArray()),
                notBefore == null ? null : notBefore.toInstant());
    }

    /** What is held now, the longest in the queue first. */
    public List<Held> held() {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(HELD)) {
            statement.setString(1, queue);
            statement.setInt(2, HELD_MAX);
            List<Held> held = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    held.add(new Held(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            return held;
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    /** The named lanes in which any waits. */
    public List<String> lanes() {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(LANES)) {
            statement.setString(1, queue);
            statement.setInt(2, HELD_MAX);
            List<String> lanes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lanes.add(row.getString(1));
                }
            }
            return lanes;
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    private IllegalStateException unreachable(SQLException broken) {
        return new IllegalStateException("The " + queue + " queue cannot be read: " + broken.getMessage(), broken);
    }
}
