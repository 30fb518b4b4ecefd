package io.fourfold.container;

import io.fourfold.artifact.ContentStore;
import io.fourfold.audit.SigningKey;
import io.fourfold.audit.jdbc.SubtreeTable;
import io.fourfold.audit.jdbc.TreeHeadRows;
import io.fourfold.config.EngineConfigs;
import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.RehashAudit;
import io.fourfold.engine.TreeHeads;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Ids;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.Nodes;
import io.fourfold.namespace.NamespaceDesk;
import io.fourfold.namespace.Namespaces;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.token.TokenDesk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The parts of the server and how they are put together; each is made once, on first use. */
@ApplicationScoped
public class Wiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Ids ids(Clock clock) {
        return new Ids(new SecureRandom(), clock);
    }

    @Produces
    @Singleton
    Doorbell doorbell() {
        return new Doorbell();
    }

    @Produces
    @Singleton
    Nodes nodes(Database database) {
        return new Nodes(database.source());
    }

    @Produces
    @Singleton
    Log log(Database database, Clock clock, Nodes nodes) {
        return new JpaLog(database.source(), database.units(), clock, durability(), nodes);
    }

    static Durability durability() {
        String value = Configuration.oneOf(Settings.DURABILITY, List.of("durable", "relaxed"));
        return value.equals("durable") ? Durability.DURABLE : Durability.RELAXED;
    }

    @Produces
    @Singleton
    RehashAudit rehash(Database database, TreeHeads heads) {
        return new RehashAudit(database.source(), heads);
    }

    @Produces
    @Singleton
    TreeHeads treeHeads(Log log, Inlet inlet, Database database) {
        return new TreeHeads(
                log,
                inlet::accept,
                new SubtreeTable(database.source()),
                new TreeHeadRows(database.source()),
                SigningKey.in(data().resolve("keys")));
    }

    @Produces
    @Singleton
    IngestLoop ingest(IngestHost host) {
        return host.loop();
    }

    @Produces
    @Singleton
    Inlet inlet(IngestHost host) {
        return host.inlet();
    }

    @Produces
    @Singleton
    Namespaces namespaces(IngestHost host) {
        return host.steering().namespaces();
    }

    @Produces
    @Singleton
    EngineConfigs configs(IngestHost host) {
        return host.steering().configs();
    }

    @Produces
    @Singleton
    NamespaceDesk namespaceDesk(Namespaces namespaces) {
        return new NamespaceDesk(namespaces);
    }

    @Produces
    @Singleton
    TokenDesk tokens(Database database, Inlet inlet, Clock clock) {
        return new TokenDesk(database.source(), inlet::accept, new SecureRandom(), clock);
    }

    @Produces
    @Singleton
    Commands commands(Log log, Inlet inlet, Clock clock) {
        return new Commands(log, inlet::accept, clock);
    }

    @Produces
    @Singleton
    ContentStore content() {
        return new ContentStore(shared().resolve("content"));
    }

    @Produces
    @Singleton
    TelemetryStore telemetry(Database database, Doorbell doorbell, Clock clock) {
        return new TelemetryStore(
                database.source(),
                clock,
                executionId -> doorbell.ring(Map.of(Execution.threadOf(executionId), Doorbell.NOT_GROWN)));
    }

    void close(@Disposes TelemetryStore telemetry) {
        telemetry.close();
    }

    @Produces
    @Singleton
    Registrar registrar(Commands commands, ContentStore content, Workshop workshop) {
        return new Registrar(commands, content, new WorkflowYaml(phase -> workshop.agents()
                .of(phase.agent())
                .cannot(phase)));
    }

    @Produces
    @Singleton
    Starter starter(Commands commands) {
        return new Starter(commands);
    }

    @Produces
    @Singleton
    Queues queues(Database database) {
        return Queues.of(database.source(), Configuration.text(Settings.NODE));
    }

    static Path data() {
        return Path.of(Configuration.text(Settings.DATA)).toAbsolutePath();
    }

    /** What nodes that share their work must all see: content, workspaces, and what agents at work have said. */
    static Path shared() {
        String shared = Configuration.text(Settings.SHARED);
        return shared.isEmpty() ? data() : Path.of(shared).toAbsolutePath();
    }
}
