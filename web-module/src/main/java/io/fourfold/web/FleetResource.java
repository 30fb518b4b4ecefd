package io.fourfold.web;

import io.fourfold.engine.Inlet;
import io.fourfold.fleet.Fleet;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.FleetDesk;
import io.fourfold.fleet.Freeze;
import io.fourfold.fleet.Hold;
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
import java.util.Map;
import java.util.TreeMap;

/** The kill switch and the intake: what is frozen or held, and how to freeze and lift, hold and release. */
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

    record HoldForm(String workflow, String trigger, String repository, Boolean all, String reason) {}

    record Listed(List<Shown> freezes, int total, String next, List<Held> holds) {}

    /** @param covers for example {@code workflow:fix}, or {@code all} */
    record Held(String covers, String reason, Instant since, String by, String record) {}

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

    /** What is in force, the strictest freeze and the oldest hold first. */
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
        return answer(desk.change(mode, form.namespace(), reason, Caller.of(actor), visit.door(inlet)));
    }

    /** Pauses the intake: what is named is accepted and queued, and not begun. */
    @POST
    @Path("hold")
    public Response hold(@HeaderParam(Caller.HEADER) String actor, String body) {
        return hold(true, actor, Body.read(body, HoldForm.class));
    }

    @POST
    @Path("release")
    public Response release(@HeaderParam(Caller.HEADER) String actor, String body) {
        return hold(false, actor, Body.read(body, HoldForm.class));
    }

    private Response hold(boolean on, String actor, HoldForm form) {
        Map<String, String> named = new TreeMap<>();
        put(named, "workflow", form.workflow());
        put(named, "trigger", form.trigger());
        put(named, "repository", form.repository());
        boolean all = Boolean.TRUE.equals(form.all());
        if (named.size() + (all ? 1 : 0) != 1) {
            throw Body.wrong(
                    "body",
                    "one of workflow, trigger, repository and all=true, but there are "
                            + (named.size() + (all ? 1 : 0)));
        }
        String kind = all ? null : named.keySet().iterator().next();
        String reason = on ? Body.required("reason", form.reason()) : form.reason() == null ? "" : form.reason();
        return answer(
                desk.hold(on, kind, named.get(kind == null ? "" : kind), reason, Caller.of(actor), visit.door(inlet)));
    }

    private static void put(Map<String, String> named, String kind, String name) {
        if (name != null) {
            named.put(kind, name);
        }
    }

    private Response answer(FleetDesk.Outcome outcome) {
        return switch (outcome) {
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
        List<Held> holds = fleet.intake().holds().values().stream()
                .sorted(Comparator.comparing(Hold::since).thenComparing(Hold::tag))
                .map(hold -> new Held(
                        hold.tag(),
                        hold.reason(),
                        hold.since(),
                        hold.by().value(),
                        hold.record().hex()))
                .toList();
        return new Listed(shown, shown.size(), null, holds);
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
