package io.fourfold.web;

import io.fourfold.engine.Inlet;
import io.fourfold.fleet.Fleet;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.FleetDesk;
import io.fourfold.fleet.Freeze;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The kill switch: what is frozen, and how to freeze and lift. */
@ApplicationScoped
@Path("fleet")
public class FleetResource {

    @Inject
    FleetControl control;

    @Inject
    FleetDesk desk;

    @Inject
    Inlet inlet;

    @Inject
    Visit visit;

    record Form(String mode, String namespace, String reason) {}

    record Listed(List<Shown> freezes, int total, String next) {}

    /**
     * @param namespace null for everything
     * @param endsWorkAt when what runs is ended; null when it goes on
     */
    record Shown(
            String namespace,
            String mode,
            String reason,
            Instant since,
            Instant endsWorkAt,
            String by,
            String record) {}

    /** What is in force, the strictest first. */
    @GET
    public Response show() {
        control.catchUp();
        return Answer.ok(listed(control.current()));
    }

    /** {@code mode}: soft, hard, emergency, or off to lift; no {@code namespace} stands for everything. */
    @POST
    @Path("freeze")
    public Response freeze(@HeaderParam(Caller.HEADER) String actor, String body) {
        Form form = Body.read(body, Form.class);
        String mode = Body.required("mode", form.mode());
        String reason = Body.required("reason", form.reason());
        return switch (desk.change(mode, form.namespace(), reason, Caller.of(actor), visit.door(inlet))) {
            case FleetDesk.Outcome.Refused refused -> throw new Refused(refused.refusal());
            case FleetDesk.Outcome.Done done -> Answer.ok(listed(done.fleet()));
        };
    }

    private Listed listed(Fleet fleet) {
        List<Shown> shown = fleet.freezes().values().stream()
                .filter(freeze -> freeze.namespace().equals(Freeze.EVERYWHERE)
                        || visit.rights().sees(freeze.namespace()))
                .sorted(Comparator.comparing(Freeze::mode).reversed().thenComparing(Freeze::namespace))
                .map(FleetResource::shown)
                .toList();
        return new Listed(shown, shown.size(), null);
    }

    private static Shown shown(Freeze freeze) {
        return new Shown(
                freeze.namespace().equals(Freeze.EVERYWHERE) ? null : freeze.namespace(),
                freeze.mode().wire(),
                freeze.reason(),
                freeze.since(),
                freeze.endsWorkAt().orElse(null),
                freeze.by().value(),
                freeze.record().hex());
    }
}
