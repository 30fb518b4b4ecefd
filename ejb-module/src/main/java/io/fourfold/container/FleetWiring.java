package io.fourfold.container;

import io.fourfold.engine.Admission;
import io.fourfold.engine.Inlet;
import io.fourfold.fleet.FleetControl;
import io.fourfold.fleet.FleetDesk;
import io.fourfold.fleet.Standstill;
import io.fourfold.kit.Commands;
import io.fourfold.line.WaitingLine;
import io.fourfold.node.NodeTable;
import io.fourfold.orchestration.execution.ExecutionQueue;
import io.fourfold.queue.Standings;
import io.fourfold.view.DispatchRow;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Who is let in, and what is frozen, who waits; the rest of {@link Wiring}. */
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
    NodeTable nodes(Database database) {
        return new NodeTable(database.source());
    }

    @Produces
    @Singleton
    WaitingLine line(Database database, NodeTable nodes, FleetControl fleet, ExecutorHost executor, Clock clock) {
        Standings standings = new Standings(database.source(), ExecutionQueue.QUEUE);
        return new WaitingLine(standings, nodes, fleet, executor::limit, ExecutorHost.RUNNING_MAX, clock);
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
