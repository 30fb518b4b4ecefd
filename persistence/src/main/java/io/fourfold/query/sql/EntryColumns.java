package io.fourfold.query.sql;

import io.fourfold.log.Act;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row of the log, read by JDBC. */
final class EntryColumns {

    static final String ALL = "position, id, thread, version, actor, clock, act, data_type, parents, judged_by,"
            + " namespace, body::text as body, recorded_at";

    private static final int ID_BYTES = 32;

    private EntryColumns() {}

    static Entry read(ResultSet row) throws SQLException {
        byte[] judgedBy = row.getBytes("judged_by");
        Draft draft = new Draft(
                ids(row.getBytes("parents")),
                new ThreadId(row.getString("thread")),
                new Did(row.getString("actor")),
                Act.valueOf(row.getString("act")),
                Json.canonical(row.getString("body")),
                row.getLong("clock"),
                DataType.valueOf(row.getString("data_type")),
                judgedBy == null ? null : EntryId.of(judgedBy));
        return new Entry(
                row.getLong("position"),
                row.getLong("version"),
                EntryId.of(row.getBytes("id")),
                draft,
                row.getString("namespace"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static List<EntryId> ids(byte[] concatenated) {
        List<EntryId> ids = new ArrayList<>(concatenated.length / ID_BYTES);
        for (int at = 0; at < concatenated.length; at += ID_BYTES) {
            ids.add(EntryId.of(Arrays.copyOfRange(concatenated, at, at + ID_BYTES)));
        }
        return ids;
    }
}
