package io.fourfold.web;

import io.fourfold.engine.ThreadHistory;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.query.Cursor;
import io.fourfold.query.Field.Column;
import io.fourfold.query.Filter;
import io.fourfold.query.Moments;
import io.fourfold.query.Operand;
import io.fourfold.query.Query;
import io.fourfold.query.sql.RecordSearch;
import io.fourfold.view.Page;
import io.fourfold.view.ThreadRow;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Threads: which there are, how they stand, and their records. What is asked as of a moment, or by one who does not see
 * everything, is folded from the log; the rest is read where it is folded already.
 */
@ApplicationScoped
@Path("threads")
public class ThreadsResource {

    @Inject
    Views views;

    @Inject
    Log log;

    @Inject
    RecordSearch search;

    @Inject
    ThreadHistory history;

    @Inject
    Visit visit;

    /** {@code total} is null, and {@code next} a cursor, where the list is folded from the log. */
    record ListAnswer(List<State> threads, Long total, int page, int pageSize, String next) {}

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
            @QueryParam("namespace") String namespace,
            @QueryParam("opener") String opener,
            @QueryParam("as_of") String asOf,
            @QueryParam("cursor") String cursor,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        if (isFolded(asOf)) {
            if (page != 1) {
                throw Body.wrong("page", "1, for this list goes on by its cursor, but was " + page);
            }
            Predicate<ThreadRow> wanted =
                    row -> is(status, row.status) && is(namespace, row.namespace) && is(opener, row.opener);
            return past(asOf, cursor, pageSize, wanted);
        }
        if (cursor != null) {
            throw Body.wrong("cursor", "none without as_of");
        }
        Where where =
                Views.where().is("status", status).is("namespace", namespace).is("opener", opener);
        Page<ThreadRow> rows = views.page(ThreadRow.class, where, "r.lastAt desc, r.id", page, pageSize);
        List<State> states = rows.items().stream().map(ThreadsResource::state).toList();
        return Answer.ok(new ListAnswer(states, rows.total(), page, pageSize, null));
    }

    private Response past(String asOf, String cursor, int pageSize, Predicate<ThreadRow> wanted) {
        int bounded = Math.max(1, Math.min(pageSize, Views.PAGE_MAX));
        long below = cursor == null ? Long.MAX_VALUE : Cursor.read(cursor, Query.Order.DESC);
        ThreadHistory.Threads found = history.list(view(asOf), below, bounded, wanted);
        OptionalLong last = found.last();
        String next = last.isEmpty() ? null : Cursor.of(Query.Order.DESC, last.getAsLong());
        List<State> states = found.rows().stream().map(ThreadsResource::state).toList();
        return Answer.ok(new ListAnswer(states, null, 1, bounded, next));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id, @QueryParam("as_of") String asOf) {
        ThreadId thread = new ThreadId(id);
        return Answer.ok(
                state((isFolded(asOf) ? history.state(thread, view(asOf)) : views.find(ThreadRow.class, thread.value()))
                        .orElseThrow(() -> none(id))));
    }

    @GET
    @Path("{id}/state")
    public Response stateOf(@PathParam("id") String id, @QueryParam("as_of") String asOf) {
        return show(id, asOf);
    }

    @GET
    @Path("{id}/records")
    public Response records(
            @PathParam("id") String id,
            @QueryParam("as_of") String asOf,
            @QueryParam("from") @DefaultValue("0") long from,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int bounded = Math.max(1, Math.min(limit, Log.READ_MAX));
        ThreadId thread = new ThreadId(id);
        if (isFolded(asOf)) {
            return past(thread, view(asOf), from, bounded);
        }
        List<Entry> entries = log.thread(thread, Math.max(0, from), bounded);
        if (entries.isEmpty() && from == 0) {
            throw none(id);
        }
        Long next = entries.size() < bounded
                ? null
                : entries.get(entries.size() - 1).version() + 1;
        long total = views.find(ThreadRow.class, id).map(r -> r.records).orElse((long) entries.size());
        return RecordAnswers.list(entries, total, next);
    }

    private Response past(ThreadId thread, ThreadHistory.View view, long from, int limit) {
        Filter all = new Filter.All(List.of(Filter.ofThread(thread.value()), view.filter()));
        Filter wanted = new Filter.All(
                List.of(all, new Filter.Compare(Column.VERSION, Filter.Relation.AT_LEAST, new Operand.Whole(from))));
        int total = search.count(all);
        if (total == 0) {
            throw none(thread.value());
        }
        RecordSearch.Found found =
                search.find(new Query(wanted, Query.Order.ASC, limit, OptionalLong.empty(), false, false));
        List<Entry> entries = found.entries();
        Long next =
                found.last().isEmpty() ? null : entries.get(entries.size() - 1).version() + 1;
        return RecordAnswers.list(entries, total, next);
    }

    private boolean isFolded(String asOf) {
        return asOf != null || visit.rights().isLimited();
    }

    private ThreadHistory.View view(String asOf) {
        long position = asOf == null ? log.head() : Moments.position(log, asOf);
        Filter filter = new Filter.All(List.of(Filter.upTo(position), visit.visible()));
        return new ThreadHistory.View(position, filter, visit::sees);
    }

    private static boolean is(String wanted, String value) {
        return wanted == null || wanted.isEmpty() || wanted.equals(value);
    }

    private static Refused none(String id) {
        return new Refused(Refusal.Code.NOT_FOUND, "Expected a thread, but " + id + " has no records");
    }

    private static State state(ThreadRow row) {
        return new State(
                row.id, row.status, row.intent, row.opener, row.namespace, row.records, row.firstAt, row.lastAt);
    }
}
