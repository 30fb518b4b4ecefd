package io.fourfold.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import io.fourfold.namespace.Namespace;
import io.fourfold.namespace.Namespace.Status;
import io.fourfold.namespace.NamespaceDesk;
import io.fourfold.namespace.NamespaceRegistry;
import io.fourfold.namespace.Namespaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Namespaces: where records may be filed. */
@ApplicationScoped
@Path("namespaces")
public class NamespacesResource {

    private static final Namespace DEFAULT =
            new Namespace(Entry.DEFAULT_NAMESPACE, Status.ACTIVE, "records that name no namespace", "null");

    @Inject
    Namespaces namespaces;

    @Inject
    NamespaceDesk desk;

    @Inject
    Inlet inlet;

    @Inject
    Visit visit;

    record Listed(List<Shown> namespaces, int total, String next) {}

    record Form(String id, String description, JsonNode policy) {}

    /** {@code open} when records may be filed there: it and all above it are active. */
    record Shown(
            String id,
            String status,
            boolean open,
            String description,
            @JsonRawValue String policy) {}

    @GET
    public Response list() {
        NamespaceRegistry registry = registry();
        List<Shown> shown = Stream.concat(
                        Stream.of(DEFAULT),
                        registry.namespaces().values().stream().filter(n -> !n.id().equals(Entry.DEFAULT_NAMESPACE)))
                .filter(namespace -> visit.rights().sees(namespace.id()))
                .sorted(Comparator.comparing(Namespace::id))
                .map(namespace -> shown(namespace, registry))
                .toList();
        return Answer.ok(new Listed(shown, shown.size(), null));
    }

    @GET
    @Path("{id: .+}")
    public Response show(@PathParam("id") String id) {
        NamespaceRegistry registry = registry();
        Namespace found = id.equals(Entry.DEFAULT_NAMESPACE)
                ? DEFAULT
                : registry.namespaces().get(id);
        if (found == null || !visit.rights().sees(id)) {
            throw new Refused(Refusal.Code.NOT_FOUND, "Expected a registered namespace, but none has the id " + id);
        }
        return Answer.ok(shown(found, registry));
    }

    @POST
    public Response create(@HeaderParam(Caller.HEADER) String actor, String body) {
        Form form = Body.read(body, Form.class);
        String id = Body.required("id", form.id());
        own(id);
        return answer(201, desk.create(id, form.description(), form.policy(), Caller.of(actor), visit.door(inlet)));
    }

    @POST
    @Path("{id: .+}/archive")
    public Response archive(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        own(id);
        return answer(200, desk.change(id, Status.ARCHIVED, Caller.of(actor), visit.door(inlet)));
    }

    @POST
    @Path("{id: .+}/activate")
    public Response activate(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        own(id);
        return answer(200, desk.change(id, Status.ACTIVE, Caller.of(actor), visit.door(inlet)));
    }

    private void own(String id) {
        visit.rights().refusal(id).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
    }

    private NamespaceRegistry registry() {
        namespaces.catchUp();
        return namespaces.registry();
    }

    private Response answer(int status, NamespaceDesk.Outcome outcome) {
        return switch (outcome) {
            case NamespaceDesk.Outcome.Refused refused -> throw new Refused(refused.refusal());
            case NamespaceDesk.Outcome.Done done -> Answer.of(status, shown(done.namespace(), namespaces.registry()));
        };
    }

    private static Shown shown(Namespace namespace, NamespaceRegistry registry) {
        return new Shown(
                namespace.id(),
                namespace.status().name().toLowerCase(Locale.ROOT),
                registry.refusal(namespace.id()).isEmpty(),
                namespace.description(),
                namespace.policy());
    }
}
