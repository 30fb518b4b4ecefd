package io.fourfold.web;

import io.fourfold.container.Configuration;
import io.fourfold.container.EngineHealth;
import io.fourfold.engine.RehashAudit;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Refusal;
import io.fourfold.node.NodeTable;
import io.fourfold.orchestration.workflow.WorkflowSchema;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The server itself: its loops, its settings, its schemas, and a check of the whole log. */
@ApplicationScoped
@Path("/")
public class EngineResource {

    @Inject
    EngineHealth engine;

    @Inject
    RehashAudit rehash;

    @Inject
    Visit visit;

    @Inject
    Expressions expressions;

    @Inject
    NodeTable nodes;

    /** {@code present}: heard of within the last 30 s. */
    record NodeAnswer(String name, String role, Instant startedAt, Instant seenAt, boolean present) {}

    record SettingsAnswer(List<Configuration.Shown> settings) {}

    @GET
    public Response root() {
        return Answer.ok(Map.of("name", "Fourfold", "version", "0.1.0", "openapi", "/openapi", "health", "/health"));
    }

    @GET
    @Path("health")
    public Response health() {
        return answer(engine.report(namespace -> false));
    }

    @GET
    @Path("engine/health")
    public Response loops() {
        return answer(report());
    }

    private EngineHealth.Report report() {
        return engine.report(visit.rights()::sees);
    }

    private static Response answer(EngineHealth.Report health) {
        return Answer.of(health.healthy() ? 200 : 503, health);
    }

    /** The servers on this database. */
    @GET
    @Path("engine/nodes")
    public Response nodes() {
        return Answer.ok(Map.of(
                "nodes",
                nodes.all().stream()
                        .map(node -> new NodeAnswer(
                                node.name(), node.role().wire(), node.startedAt(), node.seenAt(), node.present()))
                        .toList()));
    }

    /** How expressions fare: cache, evaluations, errors. */
    @GET
    @Path("engine/expressions")
    public Response expressions() {
        return Answer.ok(expressions.stats());
    }

    @GET
    @Path("settings")
    public Response settings() {
        return Answer.ok(new SettingsAnswer(Configuration.all()));
    }

    /**
     * Recomputes the ids of the last {@value RehashAudit#RECENT_RECORDS} records; all of them: {@code audit/rehash}.
     */
    @GET
    @Path("doctor")
    public Response doctor() {
        RehashAudit.Result found = rehash.recent();
        EngineHealth.Report report = report();
        boolean healthy = found.mismatches() == 0 && report.healthy();
        return Answer.ok(Map.of("healthy", healthy, "rehash", found, "engine", report));
    }

    @GET
    @Path("schemas/{name}")
    public Response schema(@PathParam("name") String name) {
        String schema = WorkflowSchema.published(name)
                .orElseThrow(() -> new Refused(
                        Refusal.Code.NOT_FOUND,
                        "Expected one of " + String.join(", ", WorkflowSchema.names()) + ", but was " + name));
        return Response.ok(schema)
                .type(new MediaType("application", "schema+json"))
                .build();
    }
}
