package io.fourfold.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The table {@code node}: a row for each server, which it keeps fresh while it is up. */
public final class NodeTable {

    /** Nodes that are listed. */
    static final int NODES_MAX = 1_000;

    /** Who was not heard of for so long is forgotten. */
    static final int FORGOTTEN_DAYS = 7;

    /** Who was not heard of for so long has lost its name to the next that asks: three beats, or one slow one. */
    static final int SILENT_SECONDS = 15;

    private static final String BEAT = """
            insert into node (name, role, instance, started_at, seen_at) values (?, ?, ?, now(), now())
            on conflict (name) do update set role = excluded.role, instance = excluded.instance, seen_at = now(),
              started_at = case when node.instance = excluded.instance then node.started_at else now() end
            where node.instance = excluded.instance or node.seen_at < now() - make_interval(secs => ?)""";
    private static final String HOLDER = "select instance from node where name = ?";
    private static final String FORGET = "delete from node where seen_at < now() - make_interval(days => ?)";
    private static final String LEAVE = "delete from node where name = ? and instance = ?";
    private static final String ALL = "select name, role, started_at, seen_at,"
            + " seen_at > now() - make_interval(secs => ?) from node order by name limit ?";

    private final DataSource source;

    public NodeTable(DataSource source) {
        this.source = source;
    }

    /** Forgets who was not heard of for {@value #FORGOTTEN_DAYS} days. */
    void forget() {
        with(FORGET, statement -> {
            statement.setInt(1, FORGOTTEN_DAYS);
            return statement.executeUpdate();
        });
    }

    /**
     * It is up.
     *
     * @param instance tells servers of the same name apart
     * @return false when another one has the name, and was heard of lately
     */
    public boolean beat(String name, Role role, String instance) {
        return with(BEAT, statement -> {
            statement.setString(1, name);
            statement.setString(2, role.wire());
            statement.setString(3, instance);
            statement.setInt(4, SILENT_SECONDS);
            return statement.executeUpdate() == 1;
        });
    }

    /** Which instance has the name. */
    Optional<String> holder(String name) {
        return with(HOLDER, statement -> {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        });
    }

    /** It is up no more. */
    public void leave(String name, String instance) {
        with(LEAVE, statement -> {
            statement.setString(1, name);
            statement.setString(2, instance);
            return statement.executeUpdate();
        });
    }

    /** By name. */
    public List<Node> all() {
        return with(ALL, statement -> {
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
            throw new IllegalStateException("The table of nodes cannot be reached: " + broken.getMessage(), broken);
        }
    }
}
