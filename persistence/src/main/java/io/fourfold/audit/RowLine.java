package io.fourfold.audit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fourfold.log.EntryJson;

/** Writes a row as {@link EntryJson} would, without reading it as a record: what is wrong with it stays so. */
public final class RowLine {

    private RowLine() {}

    public static String of(StoredRow row) {
        String parents = row.parents().isEmpty() ? "[]" : "[\"" + String.join("\",\"", row.parents()) + "\"]";
        return "{\"act\":" + text(row.act()) + ",\"actor\":" + text(row.actor()) + ",\"body\":" + row.body()
                + ",\"clock\":" + row.clock() + ",\"data_type\":" + text(row.dataType()) + ",\"id\":" + text(row.id())
                + ",\"judged_by\":" + text(row.judgedBy()) + ",\"namespace\":" + text(row.namespace())
                + ",\"parents\":" + parents + ",\"position\":" + row.position() + ",\"recorded_at\":\""
                + EntryJson.instant(row.recordedAt()) + "\",\"thread\":" + text(row.thread()) + ",\"version\":"
                + row.version() + "}";
    }

    private static String text(String value) {
        return value == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}
