package io.fourfold.container;

import io.fourfold.artifact.ContentStore;
import io.fourfold.backup.BackupReader;
import io.fourfold.log.jpa.LogImport;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.token.TokenLines;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Fills a new data folder from a backup, before anything reads or writes the log; projections then fold it as ever. */
@Startup
@Singleton
@DependsOn("Database")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RestoreHost {

    private static final Logger LOG = Logger.getLogger(RestoreHost.class.getName());

    @Inject
    Database database;

    @Inject
    ContentStore content;

    @Inject
    TelemetryStore telemetry;

    @PostConstruct
    void start() {
        String folder = Configuration.text(Settings.RESTORE);
        if (!folder.isEmpty()) {
            try {
                restore(new BackupReader(Path.of(folder)));
            } catch (RuntimeException refused) {
                // The command line looks for these words.
                LOG.log(Level.SEVERE, "Restore refused: {0}", refused.getMessage());
                throw refused;
            }
        }
    }

    /** Records come last and all at once: until then the folder is as good as new. */
    private void restore(BackupReader backup) {
        try (LogImport log = LogImport.into(database.source())) {
            backup.keys(Wiring.data().resolve("keys"));
            backup.content(content);
            backup.telemetry(telemetry::put);
            telemetry.flush();
            backup.tokens(line -> TokenLines.add(database.source(), line));
            backup.records(log::add);
            log.cursor("reconcile", backup.manifest().reconciled());
            log.cursor(TriggerHost.TAIL, backup.manifest().reconciled());
            log.commit();
        }
        LOG.info(() -> "Restored " + backup.manifest().head() + " records of "
                + backup.manifest().sourceInstance() + " as of "
                + backup.manifest().createdAt());
    }
}
