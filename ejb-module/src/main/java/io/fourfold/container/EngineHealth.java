package io.fourfold.container;

import io.fourfold.config.EngineConfigs;
import io.fourfold.config.RefusedRecord;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Projector;
import io.fourfold.view.cache.ReadCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Predicate;

/** How the server is doing, for health checks, the API and the dashboard. */
@ApplicationScoped
public class EngineHealth {

    @Inject
    Database database;

    @Inject
    IngestLoop ingest;

    @Inject
    ReconcileHost reconcile;

    @Inject
    TriggerHost triggers;

    @Inject
    DecisionHost decisions;

    @Inject
    FleetHost fleet;

    @Inject
    TickHost tick;

    @Inject
    CronHost cron;

    @Inject
    ExecutorHost executor;

    @Inject
    Projector projector;

    @Inject
    ReadCache cache;

    @Inject
    Queues queues;

    @Inject
    DispatchHost dispatches;

    @Inject
    Workshop workshop;

    @Inject
    EngineConfigs configs;

    /** Refused configuration records that the report names. */
    private static final int REFUSED_SHOWN_MAX = 5;

    /** One loop; {@code failure} is null while it is well, and so is {@code lag} where it does not turn. */
    public record LoopHealth(String name, Long lag, String lastTurn, String failure) {}

    /** The executor: what runs here, what may run at once over all nodes, and what waits for any of them. */
    public record ExecutorHealth(int running, int limit, long waiting, String workspaces, String warning) {}

    /** One record that was refused; what was in force before it still is. */
    public record RefusedConfig(String topic, String name, String namespace, String record, String reason) {}

    /** How many configuration records stand refused, and the latest of them. */
    public record ConfigHealth(int refused, List<RefusedConfig> latest) {}

    /** This server, and what it is for. */
    public record NodeHealth(String name, String role) {}

    /** {@code database} is null while it answers; a cache that fails makes reads slower and nothing else. */
    public record Report(
            boolean healthy,
            NodeHealth node,
            String database,
            List<LoopHealth> loops,
            List<Projector.Standing> projections,
            ExecutorHealth executor,
            ReadCache.Standing cache,
            ConfigHealth config) {}

    /** {@code namespaces}: those whose refused configuration may be named to who asks. */
    public Report report(Predicate<String> namespaces) {
        String broken = database();
        NodeHealth node = new NodeHealth(Instance.name(), Instance.role());
        if (broken != null) {
            return new Report(
                    false, node, broken, List.of(), projector.standings(), null, cache.standing(), config(namespaces));
        }
        boolean works = Configuration.role().works();
        List<LoopHealth> loops = List.of(
                new LoopHealth("ingest", (long) ingest.waiting(), null, null),
                new LoopHealth("reconcile", works ? reconcile.loop().lag() : null, null, reconcile.failure()),
                new LoopHealth(TriggerHost.TAIL, works ? triggers.lag() : null, null, triggers.failure()),
                new LoopHealth("decisions", null, null, decisions.failure()),
                new LoopHealth("fleet", null, null, fleet.failure()),
                new LoopHealth("tick", null, text(tick.lastTurn()), tick.failure()),
                new LoopHealth("cron", null, text(cron.lastTurn()), cron.failure()));
        boolean well = loops.stream().allMatch(l -> l.failure() == null)
                && projector.standings().stream().allMatch(p -> p.failure() == null);
        return new Report(
                well, node, null, loops, projector.standings(), executor(), cache.standing(), config(namespaces));
    }

    private ConfigHealth config(Predicate<String> namespaces) {
        List<RefusedRecord> refused = configs.current().refused();
        List<RefusedConfig> latest = refused.reversed().stream()
                .filter(r -> namespaces.test(r.identity().namespace()))
                .limit(REFUSED_SHOWN_MAX)
                .map(r -> new RefusedConfig(
                        r.identity().topic(),
                        r.identity().name(),
                        r.identity().namespace(),
                        r.record().hex(),
                        r.reason()))
                .toList();
        return new ConfigHealth(refused.size(), latest);
    }

    public ExecutorHealth executor() {
        return new ExecutorHealth(
                executor.running(),
                executor.limit(),
                queues.executions().waiting(),
                workshop.sandbox().name(),
                workshop.sandbox().warning().orElse(null));
    }

    /** Why the database cannot be used; null when it can. Runs PL/pgSQL, which an upgrade under way breaks first. */
    public String database() {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("do $$ begin perform 1; end $$");
            return null;
        } catch (SQLException broken) {
            return String.valueOf(broken.getMessage());
        }
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
