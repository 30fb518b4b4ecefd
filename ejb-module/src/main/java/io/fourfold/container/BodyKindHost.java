package io.fourfold.container;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.engine.Doorbell;
import io.fourfold.query.BodyKind;
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
    EngineConfigs configs;

    @Inject
    Doorbell doorbell;

    private final Doorbell changes = new Doorbell();
    private Doorbell.Subscription subscription;
    private BodyIndexes indexes;
    private Pump pump;
    private List<BodyKind> arranged;

    @PostConstruct
    void start() {
        indexes = new BodyIndexes(database.source());
        subscription = doorbell.listen(EngineConfig.THREAD, changes::ringAll);
        pump = new Pump("body-kinds", changes, this::turn);
        executor.execute(pump);
    }

    private int turn() {
        configs.catchUp();
        List<BodyKind> kinds = configs.current().bodyKinds().stream()
                .map(Declared::value)
                .distinct()
                .toList();
        if (!kinds.equals(arranged) && indexes.arrange(kinds)) {
            arranged = kinds;
        }
        return 0;
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
