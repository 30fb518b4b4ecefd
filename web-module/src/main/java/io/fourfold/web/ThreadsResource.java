package io.fourfold.web;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.view.Page;
import io.fourfold.view.ThreadRow;
import io.fourfold.view.Views;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** Threads: which there are, how they stand, and their records. */
@RequestScoped
@Path("threads")
public class ThreadsResource {

    @Inject
    Views views;

    @Inject
    Log log;

    record ListAnswer(List<State> threads, long total, int page, int pageSize) {}

    record State(
            String thread,
            String status,
            String intent,
            String opener,
            String namespace,
            long records,
            Instant firstAt,
            Instant lastAt) {}

    @GET
    public Response list(
            @QueryParam("status") String status,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        Page<ThreadRow> rows =
                views.page(ThreadRow.class, Views.where().is("status", status), "r.lastAt desc, r.id", page, pageSize);
        return Answer.ok(new ListAnswer(
                rows.items().stream().map(ThreadsResource::state).toList(), rows.total(), page, pageSize));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return Answer.ok(state(row(id)));
    }

    @GET
    @Path("{id}/state")
    public Response stateOf(@PathParam("id") String id) {
        return show(id);
    }

    @GET
    @Path("{id}/records")
    public Response records(
            @PathParam("id") String id,
            @QueryParam("from") @DefaultValue("0") long from,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int bounded = Math.max(1, Math.min(limit, Log.READ_MAX));
        List<Entry> entries = log.thread(new ThreadId(id), Math.max(0, from), bounded);
        if (entries.isEmpty() && from == 0) {
            throw none(id);
        }
        Long next = entries.size() < bounded
                ? null
                : entries.get(entries.size() - 1).version() + 1;
        long total = views.find(ThreadRow.class, id).map(r -> r.records).orElse((long) entries.size());
        return RecordAnswers.list(entries, total, next);
    }

    private ThreadRow row(String id) {
        return views.find(ThreadRow.class, new ThreadId(id).value()).orElseThrow(() -> none(id));
    }

    private static Refused none(String id) {
        return new Refused(Refusal.Code.NOT_FOUND, "Expected a thread, but " + id + " has no records");
    }

    private static State state(ThreadRow row) {
        return new State(
                row.id, row.status, row.intent, row.opener, row.namespace, row.records, row.firstAt, row.lastAt);
    }
}
