package io.fourfold.container;

import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Projector;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Stats;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/** MicroProfile Metrics of the loops, in the application scope of {@code /metrics}. */
@Startup
@Singleton
@DependsOn({"TriggerHost", "SocketHost"})
public class Meters {

    @Inject
    @RegistryScope(scope = MetricRegistry.APPLICATION_SCOPE)
    MetricRegistry registry;

    @Inject
    IngestLoop ingest;

    @Inject
    ReconcileHost reconcile;

    @Inject
    TriggerHost triggers;

    @Inject
    ExecutorHost executor;

    @Inject
    Projector projector;

    @Inject
    SocketHost socket;

    @Inject
    Expressions expressions;

    @PostConstruct
    void register() {
        gauge("fourfold_ingest_waiting", "appends", "Appends waiting for a commit", ingest::waiting);
        gauge("fourfold_reconcile_lag", "records", "Records not yet routed", () -> reconcile
                .loop()
                .lag());
        lag("reconcile", () -> reconcile.loop().lag());
        lag(TriggerHost.TAIL, triggers::lag);
        projector.standings().forEach(projection -> lag(projection.name(), () -> projector.lag(projection.name())));
        gauge("fourfold_socket_connections", "connections", "Callers on the Unix-domain socket", socket::connections);
        gauge("fourfold_executions_running", "executions", "Executions running here", executor::running);
        gauge(
                "fourfold_executions_limit",
                "executions",
                "Executions that may run at once over all nodes",
                executor::limit);
        gauge(
                "fourfold_projections_held",
                "projections",
                "Projections held by a failure",
                () -> projector.standings().stream()
                        .filter(p -> p.failure() != null)
                        .count());
        expressions();
    }

    private void expressions() {
        gauge("fourfold_expressions_cached", "expressions", "Compiled expressions kept", () -> expressions
                .stats()
                .cached());
        total("hits", "Expressions found compiled", Stats::hits);
        total("misses", "Expressions compiled, or refused", Stats::misses);
        total("evaluations", "Evaluations of expressions", Stats::evaluations);
        total("errors", "Evaluations without an answer", Stats::errors);
        total("stopped", "Evaluations that a limit ended", Stats::stopped);
    }

    private void total(String what, String meaning, ToLongFunction<Stats> figure) {
        gauge("fourfold_expressions_" + what, "none", meaning, () -> figure.applyAsLong(expressions.stats()));
    }

    private interface Figure {
        Number now();
    }

    /** One gauge per reader of the log, told apart by the tag {@code tail}. */
    private void lag(String tail, Figure figure) {
        gauge(
                "fourfold_tail_lag",
                "records",
                "Records a reader of the log has not met yet",
                figure,
                new Tag("tail", tail));
    }

    private void gauge(String name, String unit, String meaning, Figure figure, Tag... tags) {
        Metadata metadata = Metadata.builder()
                .withName(name)
                .withUnit(unit)
                .withDescription(meaning)
                .build();
        registry.gauge(metadata, figure::now, tags);
    }
}
