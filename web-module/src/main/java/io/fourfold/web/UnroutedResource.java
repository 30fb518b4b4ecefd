package io.fourfold.web;

import io.fourfold.fleet.FleetControl;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.Page;
import io.fourfold.view.UnroutedRow;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
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
        Where visible = Views.where().within("namespace", visit.rights().namespaces());
        Page<UnroutedRow> left =
                views.page(UnroutedRow.class, visible, DispatchesResource.NEWEST_FIRST, page, pageSize);
        List<String> ids = left.items().stream().map(row -> row.id).toList();
        List<RoutingAnswers.Dispatch> unrouted = ids.isEmpty()
                ? List.of()
                : views
                        .page(
                                DispatchRow.class,
                                Views.where().is("id", ids),
                                DispatchesResource.NEWEST_FIRST,
                                1,
                                pageSize)
                        .items()
                        .stream()
                        .map(row -> RoutingAnswers.of(row, fleet.current()))
                        .toList();
        return Answer.ok(new RoutingAnswers.Unrouted(unrouted, left.total(), page, pageSize));
    }
}
