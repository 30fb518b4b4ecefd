package io.fourfold.container;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Durability;
import io.fourfold.namespace.Namespaces;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.Logger;

/** Hosts INGEST: it turns on the threads of its callers, so that a lone one waits for nobody. */
@Startup
@Singleton
@DependsOn("RestoreHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class IngestHost {

    private static final Logger LOG = Logger.getLogger(IngestHost.class.getName());

    @Inject
    Log log;

    @Inject
    Doorbell doorbell;

    private IngestLoop loop;
    private Inlet inlet;
    private Namespaces namespaces;

    @PostConstruct
    void start() {
        Configuration.oneOf(Settings.AUTH, List.of("none"));
        if (Wiring.durability() == Durability.RELAXED) {
            LOG.warning(
                    Settings.DURABILITY.name() + "=relaxed: a crash may lose what was acknowledged in the last second");
        }
        namespaces = new Namespaces(log);
        namespaces.catchUp();
        loop = new IngestLoop(log, doorbell);
        inlet = new Inlet(loop, namespaces);
    }

    public IngestLoop loop() {
        return loop;
    }

    public Inlet inlet() {
        return inlet;
    }

    public Namespaces namespaces() {
        return namespaces;
    }

    /** The last to stop of those that write: its waiting appends are committed by their own callers. */
    @PreDestroy
    void stop() {
        doorbell.ringAll();
    }
}
