package io.fourfold.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Append;
import io.fourfold.log.EntryId;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Records: one in, many in, one out. */
@RequestScoped
@Path("records")
public class RecordsResource {

    @Inject
    Inlet inlet;

    @Inject
    Log log;

    @Inject
    Visit visit;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response append(byte[] body) {
        visit.refusal(body).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return switch (inlet.accept(body)) {
            case Receipt.Refused refused -> throw new Refused(refused.refusal());
            case Receipt.Stored stored -> {
                Receipt.Item item = stored.items().get(0);
                yield RecordAnswers.one(item.duplicate() ? 200 : 201, item.entry(), item.duplicate());
            }
        };
    }

    /** An array of records; each is stored or refused on its own, and answered in its place. */
    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response batch(byte[] body) {
        List<byte[]> items = Batch.items(body);
        if (items.size() > Append.DRAFTS_MAX) {
            throw new Refused(
                    Refusal.Code.TOO_LARGE,
                    "body: expected at most " + Append.DRAFTS_MAX + " records, but got " + items.size());
        }
        StringJoiner results = new StringJoiner(",", "{\"results\":[", "]}");
        items.forEach(item -> results.add(one(item)));
        return Response.ok(results.toString()).type(MediaType.APPLICATION_JSON).build();
    }

    private String one(byte[] item) {
        Optional<Refusal> denied = visit.refusal(item);
        if (denied.isPresent()) {
            return refusal(denied.get());
        }
        return switch (inlet.accept(item)) {
            case Receipt.Refused refused -> refusal(refused.refusal());
            case Receipt.Stored stored -> EntryJson.of(stored.entry());
        };
    }

    private static String refusal(Refusal refusal) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode error = node.putObject("error");
        error.put("status", Problem.status(refusal.code()));
        error.put("code", refusal.code().name());
        error.put("detail", refusal.message());
        return node.toString();
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return log.find(new EntryId(id))
                .filter(visit::sees)
                .map(entry -> RecordAnswers.one(200, entry, false))
                .orElseThrow(() -> new Refused(Refusal.Code.NOT_FOUND, "Expected a record, but none has the id " + id));
    }
}
