package io.fourfold.container;

import io.fourfold.config.BodyKinds;
import io.fourfold.config.RoutingRules;
import io.fourfold.engine.Doorbell;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.query.sql.BodyIndexes;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** Keeps the indexes on bodies as the body kinds in force say, on a thread of its own: making one may take minutes. */
@ManagedExecutorDefinition(name = "java:app/concurrent/indexes", maxAsync = 1, hungTaskThreshold = 0)
@Startup
@Singleton
@DependsOn("IngestHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BodyKindHost {

    @Resource(lookup = "java:app/concurrent/indexes")
    ManagedExecutorService executor;

    @Inject
    Database database;

    @Inject
    Log log;

    @Inject
    Doorbell doorbell;

    private final Doorbell changes = new Doorbell();
    private Doorbell.Subscription subscription;
    private BodyIndexes indexes;
    private Pump pump;
    private volatile BodyKinds kinds = BodyKinds.NONE;
    private long version;
    private BodyKinds arranged;

    @PostConstruct
    void start() {
        indexes = new BodyIndexes(database.source());
        subscription = doorbell.listen(RoutingRules.THREAD, changes::ringAll);
        pump = new Pump("body-kinds", changes, this::turn);
        executor.execute(pump);
    }

    private int turn() {
        List<Entry> entries = log.thread(RoutingRules.THREAD, version, Log.READ_MAX);
        BodyKinds folded = kinds;
        for (Entry entry : entries) {
            folded = folded.fold(entry);
        }
        version += entries.size();
        kinds = folded;
        if (entries.isEmpty() && folded != arranged && indexes.arrange(folded.kinds())) {
            arranged = folded;
        }
        return entries.size();
    }

    public BodyKinds kinds() {
        return kinds;
    }

    /** The names of the indexes that can be used. */
    public Set<String> ready() {
        return indexes.ready();
    }

    @PreDestroy
    void stop() {
        subscription.close();
        pump.stop();
    }
}
