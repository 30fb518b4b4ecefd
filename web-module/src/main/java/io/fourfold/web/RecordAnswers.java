package io.fourfold.web;

import io.fourfold.log.Entry;
import io.fourfold.log.EntryJson;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/** Records as they are answered: the eight fields and what the log knows. */
final class RecordAnswers {

    private RecordAnswers() {}

    static Response one(int status, Entry entry, boolean duplicate) {
        Response.ResponseBuilder answer = Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(EntryJson.of(entry))
                .header("ETag", "\"" + entry.id() + "\"");
        return (duplicate ? answer.header("Fourfold-Duplicate", "true") : answer).build();
    }

    /** A page in order of version; {@code next} is the version to ask for, null at the end. */
    static Response list(List<Entry> entries) {
        return list(entries, entries.size(), null);
    }

    static Response list(List<Entry> entries, long total, Long next) {
        String records = entries.stream().map(EntryJson::of).collect(Collectors.joining(",", "[", "]"));
        return Response.ok("{\"records\":" + records + ",\"total\":" + total + ",\"next\":" + next + "}")
                .type(MediaType.APPLICATION_JSON)
                .build();
    }
}
