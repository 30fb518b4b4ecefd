package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.query.Moments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What steers the engine: each rule is a record, and what is in force is a fold of them. */
@ApplicationScoped
@Path("config")
public class ConfigResource {

    @Inject
    EngineConfigs configs;

    @Inject
    ConfigDesk desk;

    @Inject
    Log log;

    @Inject
    Inlet inlet;

    @Inject
    Visit visit;

    @GET
    public Response topics() {
        configs.catchUp();
        return Answer.ok(ConfigAnswers.overview(configs.current(), visit.rights()::sees));
    }

    /** {@code position}: the answer holds for the log up to there. */
    @GET
    @Path("{topic}")
    public Response list(
            @PathParam("topic") String name,
            @QueryParam("asOf") String asOf,
            @QueryParam("asOfPosition") String asOfPosition) {
        Topic<?> topic = topic(name);
        if (asOf != null && asOfPosition != null) {
            throw Body.wrong("asOf", "none beside asOfPosition");
        }
        if (asOf == null && asOfPosition == null) {
            long head = log.head();
            configs.catchUp();
            EngineConfig now = configs.current();
            return answer(topic, now, Math.max(head, now.position()));
        }
        long position = asOf != null ? Moments.position(log, Moments.instant("asOf", asOf)) : checked(asOfPosition);
        return answer(topic, configs.asOf(position), position);
    }

    private long checked(String position) {
        if (!position.matches("\\d{1,18}")) {
            throw Body.wrong("asOfPosition", "a position from 0, but was " + position);
        }
        return Math.min(Long.parseLong(position), log.head());
    }

    private Response answer(Topic<?> topic, EngineConfig config, long position) {
        return Answer.ok(ConfigAnswers.inForce(topic, config, position, visit.rights()::sees));
    }

    /** The body holds the fields of the topic, and {@code name}; like a record, it is refused rather than rounded. */
    @POST
    @Path("{topic}")
    public Response add(@PathParam("topic") String name, @HeaderParam(Caller.HEADER) String actor, String body) {
        Topic<?> topic = topic(name);
        Body.read(body, JsonNode.class);
        JsonNode fields = Json.parse(body).tree();
        Entry entry = done(desk.add(topic, fields, Caller.of(actor), visit.door(inlet)));
        return Answer.of(201, ConfigAnswers.shown(entry));
    }

    @DELETE
    @Path("{topic}/{name}")
    public Response remove(
            @PathParam("topic") String topic,
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @HeaderParam(Caller.HEADER) String actor) {
        Identity identity = identity(topic, namespace, name);
        Entry entry = done(desk.remove(identity, Caller.of(actor), visit.door(inlet)));
        return Answer.ok(
                new ConfigAnswers.Gone(topic, name, namespace, entry.id().hex(), true));
    }

    @GET
    @Path("{topic}/{name}/history")
    public Response history(
            @PathParam("topic") String topic,
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace) {
        List<ConfigDesk.Past> records = desk.history(identity(topic, namespace, name));
        if (records.isEmpty()) {
            throw new Refused(
                    Refusal.Code.NOT_FOUND,
                    "Expected a " + topic + ", but none was ever named " + namespace + "/" + name);
        }
        return Answer.ok(ConfigAnswers.history(topic, namespace, name, records));
    }

    private static Topic<?> topic(String name) {
        return Topic.of(name)
                .orElseThrow(() -> new Refused(
                        Refusal.Code.NOT_FOUND,
                        "Expected a topic of " + String.join(", ", Topic.wireNames()) + ", but was " + name));
    }

    /** What a caller does not see is not there for it. */
    private Identity identity(String topic, String namespace, String name) {
        visit.rights().refusal(namespace).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return new Identity(topic(topic).wireName(), namespace, name);
    }

    private static Entry done(ConfigDesk.Outcome outcome) {
        return switch (outcome) {
            case ConfigDesk.Outcome.Refused refused -> throw new Refused(refused.refusal());
            case ConfigDesk.Outcome.Done done -> done.entry();
        };
    }
}
