package io.fourfold.web;

import io.fourfold.fleet.FleetControl;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Records that nobody was found for, and nobody has answered yet: left to people. */
@ApplicationScoped
@Path("unrouted")
public class UnroutedResource {

    @Inject
    Views views;

    @Inject
    Visit visit;

    @Inject
    FleetControl fleet;

    @GET
    public Response list(
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("page_size") @DefaultValue("50") int pageSize) {
        Views.Where where =
                Views.where().within("namespace", visit.rights().namespaces()).is("status", "unrouted");
        Page<DispatchRow> rows = views.page(DispatchRow.class, where, DispatchesResource.NEWEST_FIRST, page, pageSize);
        List<RoutingAnswers.Dispatch> unrouted = rows.items().stream()
                .map(row -> RoutingAnswers.of(row, fleet.current()))
                .toList();
        return Answer.ok(new RoutingAnswers.Unrouted(unrouted, rows.total(), page, pageSize));
    }
}
