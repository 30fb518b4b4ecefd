package io.fourfold.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A stored record as every door answers it: its eight fields, and id, position, version, namespace, recorded_at. */
public final class EntryJson {

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EntryJson() {}

    /** Canonical JSON on one line. */
    public static String of(Entry entry) {
        Draft draft = entry.draft();
        String body = draft.body().canonical();
        StringBuilder out =
                new StringBuilder(body.length() + 512 + draft.parents().size() * 67);
        out.append("{\"act\":\"").append(draft.act());
        out.append("\",\"actor\":\"").append(draft.actor());
        out.append("\",\"body\":").append(body);
        out.append(",\"clock\":").append(draft.clock());
        out.append(",\"data_type\":\"").append(draft.dataType());
        out.append("\",\"id\":\"").append(entry.id());
        out.append("\",\"judged_by\":").append(draft.judgedBy() == null ? "null" : "\"" + draft.judgedBy() + "\"");
        out.append(",\"namespace\":").append(CanonicalJson.quote(entry.namespace()));
        out.append(",\"parents\":");
        RecordHash.appendIds(draft.parents(), out);
        out.append(",\"position\":").append(entry.position());
        out.append(",\"recorded_at\":\"").append(instant(entry.recordedAt()));
        out.append("\",\"thread\":\"").append(draft.thread());
        out.append("\",\"version\":").append(entry.version()).append('}');
        return out.toString();
    }

    /** UTC with six digits of a second, so that texts sort as times. */
    public static String instant(Instant at) {
        return MICROSECONDS.format(at);
    }
}
