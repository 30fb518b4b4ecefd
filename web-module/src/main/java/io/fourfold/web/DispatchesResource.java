package io.fourfold.web;

import io.fourfold.dispatch.DispatchState.Status;
import io.fourfold.fleet.FleetControl;
import io.fourfold.log.Refusal;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What became of routed records, the newest first. */
@ApplicationScoped
@Path("dispatches")
public class DispatchesResource {

    static final String NEWEST_FIRST = "r.routedAt desc, r.id";

    @Inject
    Views views;

    @Inject
    Visit visit;

    @Inject
    FleetControl fleet;

    @GET
    public Response list(
            @QueryParam("status") String status,
            @QueryParam("decided_by") String decidedBy,
            @QueryParam("target") String target,
            @QueryParam("thread") String thread,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        Where where = Views.where()
                .within("namespace", visit.rights().namespaces())
                .is("status", known(status))
                .is("decidedBy", decidedBy)
                .is("target", target)
                .is("thread", thread);
        Page<DispatchRow> rows = views.page(DispatchRow.class, where, NEWEST_FIRST, page, pageSize);
        List<RoutingAnswers.Dispatch> dispatches = rows.items().stream()
                .map(row -> RoutingAnswers.of(row, fleet.current()))
                .toList();
        return Answer.ok(new RoutingAnswers.ListAnswer(dispatches, rows.total(), page, pageSize));
    }

    private static String known(String status) {
        List<String> all = Arrays.stream(Status.values())
                .filter(value -> value != Status.ABSENT)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        if (status != null && !all.contains(status)) {
            throw Body.wrong("status", "one of " + String.join(", ", all) + ", but was " + status);
        }
        return status;
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        DispatchRow row = visit.rights().isLimited()
                ? views.find(DispatchRow.class, id).orElseThrow(() -> none(id))
                : Lookup.one(views, DispatchRow.class, "dispatch", id);
        if (!visit.rights().sees(row.namespace)) {
            throw none(id);
        }
        return Answer.ok(new RoutingAnswers.Detail(RoutingAnswers.of(row, fleet.current()), row.trace));
    }

    private static Refused none(String id) {
        return new Refused(Refusal.Code.NOT_FOUND, "Expected one dispatch, but no id is or begins with " + id);
    }
}
