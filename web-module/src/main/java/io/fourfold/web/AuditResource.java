package io.fourfold.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.audit.TreeHead;
import io.fourfold.engine.RehashAudit;
import io.fourfold.engine.TreeHeads;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Whether the log is what was written, and proofs of it for people who do not trust this server. */
@ApplicationScoped
@Path("audit")
public class AuditResource {

    private static final int FILE_VERSION = 1;

    @Inject
    RehashAudit rehash;

    @Inject
    TreeHeads heads;

    @Inject
    Log log;

    @Inject
    Clock clock;

    record Key(String keyId, String algorithm, String publicKey) {}

    record HeadAnswer(String record, JsonNode treeHead) {}

    record InclusionAnswer(
            int version,
            JsonNode record,
            long leafIndex,
            long treeSize,
            String root,
            List<String> path,
            String treeHeadRecord,
            JsonNode treeHead,
            String publicKey) {}

    record ConsistencyAnswer(
            int version, long fromSize, long toSize, List<String> path, JsonNode from, JsonNode to, String publicKey) {}

    /**
     * Recomputes the whole log. One line for each finding, one every now and then with how far it has come, and a last
     * one
     * with {@code done}; an answer without that last line is no answer.
     */
    @GET
    @Path("rehash")
    public Response rehash() {
        RehashAudit audit = rehash;
        return NdJson.of(lines -> {
            RehashAudit.Result result =
                    audit.whole(finding -> say(lines, "finding", finding), checked -> say(lines, "checked", checked));
            say(lines, "done", result);
        });
    }

    private static void say(NdJson.Lines lines, String what, Object value) {
        lines.line(Answer.text(Map.of(what, value)));
        lines.flush();
    }

    @GET
    @Path("key")
    public Response key() {
        return Answer.ok(new Key(heads.key().id(), "Ed25519", heads.key().pem()));
    }

    /** The newest first. */
    @GET
    @Path("tree-heads")
    public Response list(@QueryParam("limit") @DefaultValue("100") int limit) {
        int bounded = Math.max(1, Math.min(limit, TreeHeads.LIST_MAX));
        return Answer.ok(Map.of(
                "tree_heads",
                heads.list(bounded).stream().map(AuditResource::answer).toList()));
    }

    /** Signs the log as it is now, beside the head of the day. */
    @POST
    @Path("tree-heads")
    public Response sign() {
        return Answer.of(201, answer(heads.sign(clock.instant())));
    }

    /** Against the newest head, or that of {@code size} records. */
    @GET
    @Path("proof")
    public Response proof(@QueryParam("record") String record, @QueryParam("size") Long size) {
        EntryId id = new EntryId(Body.required("record", record));
        Entry entry = log.find(id)
                .orElseThrow(() -> new Refused(Refusal.Code.NOT_FOUND, "Expected a record, but none has the id " + id));
        TreeHeads.Signed signed = size == null ? heads.latest().orElseThrow(() -> uncovered(entry, 0)) : ofSize(size);
        TreeHead head = signed.head();
        if (entry.position() > head.size()) {
            throw uncovered(entry, head.size());
        }
        return Answer.ok(new InclusionAnswer(
                FILE_VERSION,
                tree(EntryJson.of(entry)),
                entry.position() - 1,
                head.size(),
                head.root(),
                heads.inclusion(entry, head.size()),
                signed.record(),
                head.body().tree(),
                heads.key().pem()));
    }

    @GET
    @Path("consistency")
    public Response consistency(@QueryParam("from") Long from, @QueryParam("to") Long to) {
        TreeHeads.Signed older = ofSize(Body.required("from", from));
        TreeHeads.Signed newer = ofSize(Body.required("to", to));
        if (from > to) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "from: expected at most " + to + ", but was " + from);
        }
        return Answer.ok(new ConsistencyAnswer(
                FILE_VERSION,
                from,
                to,
                heads.consistency(from, to),
                older.head().body().tree(),
                newer.head().body().tree(),
                heads.key().pem()));
    }

    private TreeHeads.Signed ofSize(long size) {
        return heads.ofSize(size)
                .orElseThrow(() -> new Refused(
                        Refusal.Code.NOT_FOUND, "Expected a signed tree head, but none is of " + size + " records"));
    }

    private static Refused uncovered(Entry entry, long size) {
        return new Refused(
                Refusal.Code.WRONG_STATE,
                "Expected a signed tree head over position " + entry.position() + ", but the newest is over " + size
                        + " records: one is signed each day, or now by fourfold audit sign");
    }

    private static HeadAnswer answer(TreeHeads.Signed signed) {
        return new HeadAnswer(signed.record(), signed.head().body().tree());
    }

    private static JsonNode tree(String json) {
        try {
            return Answer.MAPPER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record always has a JSON form", impossible);
        }
    }
}
