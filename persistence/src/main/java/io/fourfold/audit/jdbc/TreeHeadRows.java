package io.fourfold.audit.jdbc;

import io.fourfold.audit.TreeHead;
import io.fourfold.log.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The tree heads in the log, whoever wrote them: who reads them checks the signature. */
public final class TreeHeadRows {

    private static final String NEWEST =
            "select id, body::text, position, actor from log_entry where thread = 'th_audit'" + " and kind = '"
                    + TreeHead.KIND + "' order by version desc limit ?";
    private static final String OF_SIZE =
            "select id, body::text, position, actor from log_entry where thread = 'th_audit'" + " and kind = '"
                    + TreeHead.KIND + "' and body->>'size' = ? order by version desc limit 10";

    /** A record that says it is a tree head, and who wrote it where. */
    public record Row(String record, TreeHead head, long position, String actor) {}

    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }

    private final DataSource source;

    public TreeHeadRows(DataSource source) {
        this.source = source;
    }

    public List<Row> newest(int limit) {
        return query(NEWEST, statement -> statement.setInt(1, limit));
    }

    public List<Row> ofSize(long size) {
        return query(OF_SIZE, statement -> statement.setString(1, Long.toString(size)));
    }

    private List<Row> query(String sql, Fill fill) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            fill.into(statement);
            List<Row> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String record = HexFormat.of().formatHex(row.getBytes(1));
                    Optional<TreeHead> head =
                            TreeHead.of(Json.canonical(row.getString(2)).tree());
                    if (head.isPresent()) {
                        found.add(new Row(record, head.get(), row.getLong(3), row.getString(4)));
                    }
                }
            }
            return found;
        } catch (SQLException failure) {
            throw StoredRows.unavailable(failure);
        }
    }
}
