package io.fourfold.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The database the server works on: one given with {@code --db}, which is left alone, or the embedded one, which is
 * kept alive.
 */
final class Database {

    private static final Logger LOG = Logger.getLogger(Database.class.getName());

    private final DatabaseAddress address;
    private final Path home;
    private volatile EmbeddedPostgres embedded;

    private Database(DatabaseAddress address, Path home, EmbeddedPostgres embedded) {
        this.address = address;
        this.home = home;
        this.embedded = embedded;
    }

    static Database open(Optional<DatabaseAddress> given, DataFolder folder) {
        if (given.isPresent()) {
            given.get().probe();
            return new Database(given.get(), null, null);
        }
        Path home = folder.databaseHome();
        EmbeddedPostgres started = start(home, 0);
        return new Database(
                new DatabaseAddress(started.jdbcUrl("postgres"), EmbeddedPostgres.USER, started.password()),
                home,
                started);
    }

    DatabaseAddress address() {
        return address;
    }

    /** 0 for a database that is not ours. */
    long pid() {
        return embedded == null ? 0 : embedded.pid();
    }

    /** Starts the embedded database again, on its port, if it died. True when it did. */
    boolean revive() {
        if (embedded == null || embedded.isAlive()) {
            return false;
        }
        LOG.warning(() -> "PostgreSQL (pid " + embedded.pid() + ") died; starting it again");
        try {
            embedded = start(home, embedded.port());
            LOG.info(() -> "PostgreSQL runs again, pid " + embedded.pid());
            return true;
        } catch (PostgresFailure failure) {
            LOG.log(Level.SEVERE, "PostgreSQL could not be started again", failure);
            return false;
        }
    }

    void stop() {
        if (embedded != null) {
            embedded.stop();
        }
    }

    private static EmbeddedPostgres start(Path home, int port) {
        return EmbeddedPostgres.start(home.resolve("postgres"), home.resolve("programs"), port);
    }
}
