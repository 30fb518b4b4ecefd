package io.fourfold.web;

import io.fourfold.log.EntryJson;
import io.fourfold.query.Cursor;
import io.fourfold.query.Query;
import io.fourfold.query.QueryReader;
import io.fourfold.query.sql.QueryPlan;
import io.fourfold.query.sql.RecordSearch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/** Questions to the log: which records are such and such. */
@ApplicationScoped
@Path("records/query")
public class QueryResource {

    @Inject
    RecordSearch search;

    @Inject
    Visit visit;

    record Explained(List<String> plan, List<String> indexes) {}

    /** Answers a page; {@code explain} answers how it would be found instead. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response query(String body) {
        Query query = QueryReader.read(body).and(visit.visible());
        if (query.explain()) {
            QueryPlan plan = search.explain(query);
            return Answer.ok(new Explained(plan.lines(), plan.indexes()));
        }
        RecordSearch.Found found = search.find(query);
        String records = found.entries().stream().map(EntryJson::of).collect(Collectors.joining(",", "[", "]"));
        String next = found.last().isEmpty()
                ? "null"
                : "\"" + Cursor.of(query.order(), found.last().getAsLong()) + "\"";
        Boolean exact = found.total() == null ? null : found.total() < Query.COUNT_MAX;
        return Response.ok("{\"records\":" + records + ",\"total\":" + found.total() + ",\"total_is_exact\":" + exact
                        + ",\"next\":" + next + "}")
                .type(MediaType.APPLICATION_JSON)
                .build();
    }
}
