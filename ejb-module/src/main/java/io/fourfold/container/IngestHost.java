package io.fourfold.container;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.SparingLog;
import io.fourfold.engine.Steering;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Log;
import io.fourfold.log.jpa.Durability;
import io.fourfold.trust.Trust;
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
import java.io.File;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.stream.Stream;

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

    @Inject
    Expressions expressions;

    @Inject
    Trust trust;

    @Inject
    Clock clock;

    private IngestLoop loop;
    private Inlet inlet;
    private Steering steering;

    @PostConstruct
    void start() {
        Configuration.tokensOnly();
        if (Wiring.durability() == Durability.RELAXED) {
            LOG.warning(
                    Settings.DURABILITY.name() + "=relaxed: a crash may lose what was acknowledged in the last second");
        }
        steering = Steering.of(log, expressions);
        steering.catchUp();
        loop = new IngestLoop(new SparingLog(log, freeBytes()), doorbell);
        inlet = new Inlet(loop, steering, log, trust, clock);
    }

    /** Of the disk under an embedded database; of another database's disk nothing is known here. */
    private static LongSupplier freeBytes() {
        return Stream.of("postgres", "database/postgres")
                .map(folder -> Wiring.data().resolve(folder).toFile())
                .filter(File::isDirectory)
                .findFirst()
                .<LongSupplier>map(folder -> folder::getUsableSpace)
                .orElse(() -> Long.MAX_VALUE);
    }

    public IngestLoop loop() {
        return loop;
    }

    public Inlet inlet() {
        return inlet;
    }

    public Steering steering() {
        return steering;
    }

    /** The last to stop of those that write: its waiting appends are committed by their own callers. */
    @PreDestroy
    void stop() {
        doorbell.ringAll();
    }
}
