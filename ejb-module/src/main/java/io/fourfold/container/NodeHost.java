package io.fourfold.container;

import io.fourfold.node.NodeTable;
import io.fourfold.node.Role;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says every few seconds that this server is up, and what it is for. */
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeHost {

    private static final Logger LOG = Logger.getLogger(NodeHost.class.getName());

    @Inject
    NodeTable nodes;

    private String name;
    private Role role;

    @PostConstruct
    void start() {
        name = Configuration.text(Settings.NODE);
        role = Configuration.role();
        nodes.join(name, role);
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void beat() {
        try {
            nodes.beat(name, role);
        } catch (IllegalStateException unreachable) {
            LOG.log(Level.FINE, "Not said", unreachable);
        }
    }

    @PreDestroy
    void stop() {
        try {
            nodes.leave(name);
        } catch (IllegalStateException unreachable) {
            LOG.log(Level.FINE, "Not said", unreachable);
        }
    }
}
