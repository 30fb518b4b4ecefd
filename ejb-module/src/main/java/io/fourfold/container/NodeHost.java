package io.fourfold.container;

import io.fourfold.node.Incarnation;
import io.fourfold.node.NodeTable;
import io.fourfold.node.OwnName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says every few seconds that this server is up, and what it is for; two of one name are not. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeHost {

    private static final Logger LOG = Logger.getLogger(NodeHost.class.getName());

    /** Of this deployment: the container makes a bean that failed once more for each that asks for it. */
    private static volatile IllegalStateException refusal;

    @Inject
    NodeTable nodes;

    @Inject
    Clock clock;

    private OwnName name;
    private final Turning beating = Turning.everywhere("name of this server", now -> this.name.beat());

    @PostConstruct
    void start() {
        if (refusal != null) {
            throw refusal;
        }
        name = new OwnName(
                nodes,
                Configuration.text(Settings.NODE),
                Configuration.role(),
                Incarnation.here(clock.millis()),
                wait -> LockSupport.parkNanos(wait.toNanos()));
        try {
            name.take(Settings.NODE.name());
        } catch (IllegalStateException refused) {
            LOG.log(Level.SEVERE, "Not started: {0}", refused.getMessage());
            refusal = refused;
            throw refused;
        }
    }

    /** Whether this server may begin anything: another one may have taken its name while it was silent. */
    public boolean isNamed() {
        return name.isOurs();
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void beat() {
        beating.turn(clock.instant());
    }

    @PreDestroy
    void stop() {
        try {
            name.leave();
        } catch (IllegalStateException unreachable) {
            LOG.log(Level.FINE, "Not said", unreachable);
        }
    }
}
