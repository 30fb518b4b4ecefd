package io.fourfold.log;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The id of a record: SHA-256 of the canonical JSON of its seven hashed fields. */
public final class RecordHash {

    private RecordHash() {}

    /** The draft must have its clock, because the clock is hashed. */
    public static EntryId id(Draft draft) {
        return EntryId.of(Sha256.digest().digest(canonical(draft).getBytes(StandardCharsets.UTF_8)));
    }

    /** The text that is hashed: {@code {act, actor, body, clock, data_type, parents, thread}}. */
    public static String canonical(Draft draft) {
        if (draft.clock() == null) {
            throw new IllegalArgumentException("Expected a draft with a clock, but it has none yet");
        }
        String body = draft.body().canonical();
        StringBuilder out =
                new StringBuilder(body.length() + 256 + draft.parents().size() * 67);
        out.append("{\"act\":\"").append(draft.act());
        out.append("\",\"actor\":\"").append(draft.actor());
        out.append("\",\"body\":").append(body);
        out.append(",\"clock\":").append(draft.clock());
        out.append(",\"data_type\":\"").append(draft.dataType());
        out.append("\",\"parents\":");
        appendIds(draft.parents(), out);
        out.append(",\"thread\":\"").append(draft.thread()).append("\"}");
        return out.toString();
    }

    static void appendIds(List<EntryId> ids, StringBuilder out) {
        char separator = '[';
        for (EntryId id : ids) {
            out.append(separator).append('"').append(id).append('"');
            separator = ',';
        }
        out.append(ids.isEmpty() ? "[]" : "]");
    }
}
