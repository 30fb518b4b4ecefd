package io.fourfold.web;

import io.fourfold.dispatch.Routing;
import io.fourfold.door.Conversation;
import io.fourfold.door.Items;
import io.fourfold.door.Reply;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Append;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.Draft;
import io.fourfold.log.Drafts;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Expect;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.routing.Routable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.StringJoiner;

/** Records: one in, many in, an endless line of them in, one out. */
@ApplicationScoped
@Path("records")
public class RecordsResource {

    static final String EXPECT_VERSION = "Fourfold-Expect-Version";
    static final String NDJSON = "application/x-ndjson";

    /** All of a batch together. */
    static final int BATCH_BYTES_MAX = 64 * 1024 * 1024;

    @Inject
    Inlet inlet;

    @Inject
    Log log;

    @Inject
    Routing routing;

    @Inject
    Visit visit;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response append(@HeaderParam(EXPECT_VERSION) String expected, InputStream body) throws IOException {
        Append append = Drafts.request(Bytes.upTo(CanonicalJson.TEXT_BYTES_MAX, body));
        Expect expect = expected == null ? append.expect() : Drafts.expect(EXPECT_VERSION, expected.strip());
        return RecordAnswers.one(Reply.of(visit.inlet(inlet).admit(new Append(append.drafts(), expect))));
    }

    /** An array of records; each is stored or refused on its own, and answered in its place. */
    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response batch(InputStream body) throws IOException {
        List<byte[]> items = Items.of(Bytes.upTo(BATCH_BYTES_MAX, body), Append.DRAFTS_MAX);
        if (items.size() > Append.DRAFTS_MAX) {
            throw new Refused(
                    Refusal.Code.TOO_LARGE, "body: expected at most " + Append.DRAFTS_MAX + " records, but got more");
        }
        StringJoiner results = new StringJoiner(",", "{\"results\":[", "]}");
        visit.inlet(inlet)
                .acceptRequests(items)
                .forEach(receipt -> results.add(Reply.of(receipt).line()));
        return Response.ok(results.toString()).type(MediaType.APPLICATION_JSON).build();
    }

    /** A record a line, as long as the caller likes; an answer a line, in the same order, while he still speaks. */
    @POST
    @Path("stream")
    @Consumes(NDJSON)
    public Response stream(InputStream lines) {
        Inlet own = visit.inlet(inlet);
        StreamingOutput answers = out -> new Conversation(own, lines, out).run();
        return Response.ok(answers).type(NDJSON).build();
    }

    /** What would become of a record that is not stored; it stays so. */
    @POST
    @Path("route")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response predict(InputStream body) throws IOException {
        Append append = Drafts.request(Bytes.upTo(CanonicalJson.TEXT_BYTES_MAX, body));
        Draft draft = append.drafts().get(0);
        visit.rights().refusal(Routable.of(draft).namespace()).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return Answer.ok(routing.predict(draft));
    }

    /** What became of a stored one, step by step. */
    @GET
    @Path("{id}/route")
    public Response route(@PathParam("id") String id) {
        Entry entry = find(id);
        return Answer.ok(routing.explain(entry)
                .orElseThrow(() -> new Refused(
                        Refusal.Code.NOT_FOUND, "Expected a record that was routed, but " + id + " is not yet")));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return RecordAnswers.one(200, find(id));
    }

    private Entry find(String id) {
        return log.find(new EntryId(id))
                .filter(visit::sees)
                .orElseThrow(() -> new Refused(Refusal.Code.NOT_FOUND, "Expected a record, but none has the id " + id));
    }
}
