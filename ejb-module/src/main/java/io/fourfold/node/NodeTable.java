package io.fourfold.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The table {@code node}: a row for each server, which it keeps fresh while it is up. */
public final class NodeTable {

    /** Nodes that are listed. */
    static final int NODES_MAX = 1_000;

    /** Who was not heard of for so long is forgotten. */
    static final int FORGOTTEN_DAYS = 7;

    private static final String JOIN = "insert into node (name, role, started_at, seen_at) values (?, ?, now(), now())"
            + " on conflict (name) do update set role = excluded.role, started_at = now(), seen_at = now()";
    private static final String BEAT = "insert into node (name, role, started_at, seen_at) values (?, ?, now(), now())"
            + " on conflict (name) do update set role = excluded.role, seen_at = now()";
    private static final String FORGET = "delete from node where seen_at < now() - make_interval(days => ?)";
    private static final String LEAVE = "delete from node where name = ?";
    private static final String ALL = "select name, role, started_at, seen_at,"
            + " seen_at > now() - make_interval(secs => ?) from node order by name limit ?";

    private final DataSource source;

    public NodeTable(DataSource source) {
        this.source = source;
    }

    /** It is up from now on. */
    public void join(String name, Role role) {
        update(JOIN, name, role.wire());
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setInt(1, FORGOTTEN_DAYS);
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    /** It still is. */
    public void beat(String name, Role role) {
        update(BEAT, name, role.wire());
    }

    /** It stops in good order. */
    public void leave(String name) {
        update(LEAVE, name);
    }

    /** By name. */
    public List<Node> all() {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.setInt(1, Node.PRESENT_SECONDS);
            statement.setInt(2, NODES_MAX);
            List<Node> nodes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    nodes.add(new Node(
                            row.getString(1),
                            Role.of(row.getString(2)),
                            row.getTimestamp(3).toInstant(),
                            row.getTimestamp(4).toInstant(),
                            row.getBoolean(5)));
                }
            }
            return nodes;
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    private void update(String sql, String... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw unreachable(broken);
        }
    }

    private static IllegalStateException unreachable(SQLException broken) {
        return new IllegalStateException("The table of nodes cannot be reached: " + broken.getMessage(), broken);
    }
}
