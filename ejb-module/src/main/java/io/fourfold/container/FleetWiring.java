package io.fourfold.container;

import io.fourfold.engine.Admission;
import io.fourfold.engine.Inlet;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.FleetDesk;
import io.fourfold.fleet.Standstill;
import io.fourfold.kit.Commands;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Who is let in, and what is frozen; the rest of {@link Wiring}. */
@ApplicationScoped
public class FleetWiring {

    /** What runs, as the read models know it. */
    private record Running(Views views) implements Standstill.Running {

        @Override
        public List<DispatchRow> dispatches(List<String> namespaces, int limit) {
            Where where = Views.where().within("namespace", namespaces).is("status", List.of("running", "handed_over"));
            return views.page(DispatchRow.class, where.isNull("executionId"), "r.routedAt, r.id", 1, limit)
                    .items();
        }

        @Override
        public List<ExecutionRow> executions(int limit) {
            Where where = Views.where().is("status", List.of("running", "paused"));
            return views.page(ExecutionRow.class, where, "r.queuedAt, r.id", 1, limit)
                    .items();
        }
    }

    @Produces
    @Singleton
    Admission admission(Inlet inlet) {
        return inlet.admission();
    }

    @Produces
    @Singleton
    FleetControl fleet(IngestHost host) {
        return host.steering().fleet();
    }

    @Produces
    @Singleton
    FleetDesk fleetDesk(FleetControl fleet) {
        return new FleetDesk(fleet);
    }

    @Produces
    @Singleton
    Standstill standstill(FleetControl fleet, Views views, Commands commands) {
        return new Standstill(fleet, new Running(views), commands);
    }
}
