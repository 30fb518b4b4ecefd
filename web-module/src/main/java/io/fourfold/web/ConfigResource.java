package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Identity;
import io.fourfold.config.RefusedRecord;
import io.fourfold.config.Topic;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Entry;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /** {@code refused}: records of no topic there is; those of a topic are listed with it. */
    record Overview(List<Count> topics, int total, String next, List<NotTaken> refused) {}

    record Count(String topic, int entries, int refused) {}

    record InForce(String topic, long position, List<Shown> entries, List<NotTaken> refused) {}

    record Shown(String name, String namespace, String record, boolean enabled, JsonNode body) {}

    record NotTaken(String record, String name, String reason) {}

    record Gone(String topic, String name, String namespace, String record, boolean removed) {}

    record History(String topic, String name, String namespace, List<Past> records, int total, String next) {}

    /** {@code reason} is null when the record was valid; {@code in_force} when it is what counts now. */
    record Past(
            String record,
            long position,
            Instant recordedAt,
            String actor,
            boolean valid,
            String reason,
            boolean inForce,
            JsonNode body) {}

    @GET
    public Response topics() {
        configs.catchUp();
        EngineConfig config = configs.current();
        List<Count> counts = new ArrayList<>();
        for (Topic<?> topic : Topic.IN_ORDER) {
            int entries = (int) visible(config, topic).count();
            counts.add(new Count(
                    topic.wireName(), entries, refused(config, topic.wireName()).size()));
        }
        List<NotTaken> others = seen(config)
                .filter(refused -> Topic.of(refused.identity().topic()).isEmpty())
                .map(ConfigResource::shown)
                .toList();
        return Answer.ok(new Overview(counts, counts.size(), null, others));
    }

    /** {@code position}: the answer holds for the log up to there. */
    @GET
    @Path("{topic}")
    public Response list(
            @PathParam("topic") String name,
            @QueryParam("asOf") String asOf,
            @QueryParam("asOfPosition") Long asOfPosition) {
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

    private long checked(long position) {
        if (position < 0) {
            throw Body.wrong("asOfPosition", "a position from 0, but was " + position);
        }
        return Math.min(position, log.head());
    }

    private Response answer(Topic<?> topic, EngineConfig config, long position) {
        List<Shown> entries = visible(config, topic)
                .map(declared -> new Shown(
                        declared.name(),
                        declared.namespace(),
                        declared.record().hex(),
                        true,
                        declared.body().tree()))
                .toList();
        return Answer.ok(new InForce(topic.wireName(), position, entries, refused(config, topic.wireName())));
    }

    /** The body holds the fields of the topic, and {@code name}. */
    @POST
    @Path("{topic}")
    public Response add(@PathParam("topic") String name, @HeaderParam(Caller.HEADER) String actor, String body) {
        Topic<?> topic = topic(name);
        JsonNode fields = Body.read(body, JsonNode.class);
        Entry entry = done(desk.add(topic, fields, Caller.of(actor), visit.inlet(inlet)::accept));
        Identity identity = ConfigDesk.about(entry);
        return Answer.of(
                201,
                new Shown(
                        identity.name(),
                        identity.namespace(),
                        entry.id().hex(),
                        entry.body().tree().path("enabled").asBoolean(true),
                        entry.body().tree()));
    }

    @DELETE
    @Path("{topic}/{name}")
    public Response remove(
            @PathParam("topic") String topic,
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @HeaderParam(Caller.HEADER) String actor) {
        Identity identity = identity(topic, namespace, name);
        Entry entry = done(desk.remove(identity, Caller.of(actor), visit.inlet(inlet)::accept));
        return Answer.ok(new Gone(topic, name, namespace, entry.id().hex(), true));
    }

    @GET
    @Path("{topic}/{name}/history")
    public Response history(
            @PathParam("topic") String topic,
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace) {
        List<Past> records = desk.history(identity(topic, namespace, name)).stream()
                .map(ConfigResource::shown)
                .toList();
        if (records.isEmpty()) {
            throw new Refused(
                    Refusal.Code.NOT_FOUND,
                    "Expected a " + topic + ", but none was ever named " + namespace + "/" + name);
        }
        return Answer.ok(new History(topic, name, namespace, records, records.size(), null));
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

    private Stream<Declared<?>> visible(EngineConfig config, Topic<?> topic) {
        return config.of(topic).stream().<Declared<?>>map(declared -> declared).filter(declared -> visit.rights()
                .sees(declared.namespace()));
    }

    private Stream<RefusedRecord> seen(EngineConfig config) {
        return config.refused().stream()
                .filter(refused -> visit.rights().sees(refused.identity().namespace()));
    }

    private List<NotTaken> refused(EngineConfig config, String topic) {
        return seen(config)
                .filter(refused -> refused.identity().topic().equals(topic))
                .map(ConfigResource::shown)
                .toList();
    }

    private static NotTaken shown(RefusedRecord refused) {
        return new NotTaken(refused.record().hex(), refused.identity().name(), refused.reason());
    }

    private static Past shown(ConfigDesk.Past past) {
        Entry entry = past.entry();
        return new Past(
                entry.id().hex(),
                entry.position(),
                entry.recordedAt(),
                entry.draft().actor().value(),
                past.reason() == null,
                past.reason(),
                past.inForce(),
                entry.body().tree());
    }
}
