package io.fourfold.container;

import io.fourfold.door.SocketDoor;
import io.fourfold.engine.Inlet;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hosts the door for programs of the same account on the same machine. Without it the server runs on, and says so. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SocketHost {

    private static final Logger LOG = Logger.getLogger(SocketHost.class.getName());

    @Inject
    Inlet inlet;

    private SocketDoor door;

    @PostConstruct
    void open() {
        if (!Configuration.role().answers()) {
            return;
        }
        Path folder = Wiring.data().resolve("ingest");
        try {
            door = SocketDoor.open(folder, inlet.local());
        } catch (IOException | RuntimeException closed) {
            LOG.log(Level.WARNING, "No socket in " + folder + ": records come in over HTTP only", closed);
        }
    }

    /** Connections open now. */
    public int connections() {
        return door == null ? 0 : door.connections();
    }

    @PreDestroy
    void close() {
        try {
            if (door != null) {
                door.close();
            }
        } catch (IOException broken) {
            LOG.log(Level.WARNING, "The socket was not closed cleanly", broken);
        }
    }
}
