package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.config.Trigger;
import io.fourfold.engine.Inlet;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.token.Scope;
import io.fourfold.trigger.Explanations;
import io.fourfold.trigger.FiringCommand;
import io.fourfold.trigger.FiringState;
import io.fourfold.trigger.Firings;
import io.fourfold.trigger.Preset;
import io.fourfold.trigger.Tallies;
import io.fourfold.trigger.TriggerFirings;
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
import java.time.Clock;
import java.util.List;

/** What starts something by itself: definitions are configuration, what they fired is on threads of their own. */
@ApplicationScoped
@Path("triggers")
public class TriggersResource {

    @Inject
    EngineConfigs configs;

    @Inject
    ConfigDesk desk;

    @Inject
    Firings firings;

    @Inject
    Explanations explanations;

    @Inject
    Tallies tallies;

    @Inject
    TriggerHistory history;

    @Inject
    Commands commands;

    @Inject
    Log log;

    @Inject
    Inlet inlet;

    @Inject
    Clock clock;

    @Inject
    Visit visit;

    record Reason(String reason) {}

    @GET
    public Response list() {
        configs.catchUp();
        List<TriggerAnswers.Shown> shown = configs.current().triggers().stream()
                .filter(declared -> visit.rights().sees(declared.namespace()))
                .map(this::shown)
                .toList();
        return Answer.ok(new TriggerAnswers.ListAnswer(shown, shown.size(), null));
    }

    @GET
    @Path("{name}")
    public Response show(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace) {
        return Answer.ok(shown(declared(name, namespace)));
    }

    /** The fields of a trigger record; {@code preset} gives those that are not there. */
    @POST
    public Response register(@HeaderParam(Caller.HEADER) String actor, String body) {
        ObjectNode fields = Body.read(body, ObjectNode.class);
        JsonNode preset = fields.remove("preset");
        if (preset != null) {
            fields = Preset.of(preset.asText())
                    .orElseThrow(() ->
                            Body.wrong("preset", "one of " + String.join(", ", Preset.names()) + ", but was " + preset))
                    .with(fields);
        }
        Entry entry = done(desk.add(Topic.TRIGGER, fields, Caller.of(actor), visit.door(inlet)));
        Identity identity = ConfigDesk.about(entry);
        return Answer.of(
                201,
                new TriggerAnswers.Registered(
                        identity.name(),
                        identity.namespace(),
                        entry.id().hex(),
                        entry.body().tree().path("enabled").asBoolean(true),
                        entry.body().tree()));
    }

    @DELETE
    @Path("{name}")
    public Response remove(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @HeaderParam(Caller.HEADER) String actor) {
        Entry entry = done(desk.remove(identity(name, namespace), Caller.of(actor), visit.door(inlet)));
        return Answer.ok(new TriggerAnswers.Gone(name, namespace, entry.id().hex(), true));
    }

    @POST
    @Path("{name}/pause")
    public Response pause(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @HeaderParam(Caller.HEADER) String actor,
            String body) {
        Reason asked = body == null || body.isBlank() ? new Reason(null) : Body.read(body, Reason.class);
        String reason = asked.reason() == null ? "paused by a person" : asked.reason();
        return change(declared(name, namespace), actor, id -> new FiringCommand.Pause(id, reason));
    }

    @POST
    @Path("{name}/resume")
    public Response resume(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @HeaderParam(Caller.HEADER) String actor) {
        return change(declared(name, namespace), actor, FiringCommand.Resume::new);
    }

    /** The newest first, also of one that is defined no more. */
    @GET
    @Path("{name}/history")
    public Response history(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @QueryParam("cursor") Long cursor,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return Answer.ok(history.page(identity(name, namespace), cursor, limit));
    }

    @GET
    @Path("{name}/why")
    public Response why(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @QueryParam("event") String event) {
        Declared<Trigger> declared = declared(name, namespace);
        visit.rights().refusal(Scope.RECORDS_READ).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        Entry entry = EntryId.parse(Body.required("event", event))
                .flatMap(log::find)
                .filter(visit::sees)
                .orElseThrow(
                        () -> new Refused(Refusal.Code.NOT_FOUND, "Expected a record, but none has the id " + event));
        return Answer.ok(explanations.why(declared, entry, visit::reads));
    }

    @POST
    @Path("{name}/test")
    public Response test(
            @PathParam("name") String name,
            @QueryParam("namespace") @DefaultValue(Entry.DEFAULT_NAMESPACE) String namespace,
            @HeaderParam(Caller.HEADER) String actor,
            String body) {
        Declared<Trigger> declared = declared(name, namespace);
        TriggerTrial trial = Body.read(body, TriggerTrial.class);
        return Answer.ok(explanations.test(declared, trial.draft(Caller.of(actor)), visit::reads));
    }

    private interface Asked {
        FiringCommand of(String id);
    }

    private Response change(Declared<Trigger> declared, String actor, Asked asked) {
        String id = TriggerFirings.idOf(declared.identity());
        return switch (commands.handle(TriggerFirings.AGGREGATE, asked.of(id), Caller.of(actor))) {
            case Outcome.Refused<FiringState> refused -> throw new Refused(refused.refusal());
            case Outcome.Done<FiringState> done -> Answer.ok(shown(declared));
        };
    }

    private TriggerAnswers.Shown shown(Declared<Trigger> declared) {
        String id = TriggerFirings.idOf(declared.identity());
        return TriggerAnswers.of(declared, firings.state(id), tallies.counts(id), clock.instant());
    }

    private Declared<Trigger> declared(String name, String namespace) {
        Identity identity = identity(name, namespace);
        configs.catchUp();
        return configs.current().triggers().stream()
                .filter(declared -> declared.identity().equals(identity))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refusal.Code.NOT_FOUND,
                        "Expected a trigger in force, but there is none of the name " + identity.path()));
    }

    /** What a caller does not see is not there for it. */
    private Identity identity(String name, String namespace) {
        visit.rights().refusal(namespace).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return new Identity(Topic.TRIGGER.wireName(), namespace, name);
    }

    private static Entry done(ConfigDesk.Outcome outcome) {
        return switch (outcome) {
            case ConfigDesk.Outcome.Refused refused -> throw new Refused(refused.refusal());
            case ConfigDesk.Outcome.Done done -> done.entry();
        };
    }
}
