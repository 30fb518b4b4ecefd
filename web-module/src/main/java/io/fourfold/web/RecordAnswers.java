package io.fourfold.web;

import io.fourfold.door.Reply;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryJson;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/** Records as they are answered: the eight fields and what the log knows. */
final class RecordAnswers {

    private RecordAnswers() {}

    static Response one(Reply reply) {
        if (reply.id() == null) {
            return Problem.of(reply);
        }
        Response.ResponseBuilder answer = Response.status(reply.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(reply.json())
                .header("ETag", "\"" + reply.id() + "\"");
        return (reply.duplicate() ? answer.header("Fourfold-Duplicate", "true") : answer).build();
    }

    static Response one(int status, Entry entry) {
        return one(new Reply(status, EntryJson.of(entry), entry.id().hex(), false));
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
