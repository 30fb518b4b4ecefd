package io.fourfold.log.jpa;

import io.fourfold.server.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh database with every migration, and the unit {@code fourfold} on it, outside any server. */
public final class TestJpa implements AutoCloseable {

    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    static {
        FLYWAY.setLevel(Level.WARNING);
    }

    private final PooledSource pool;
    private final EntityManagerFactory units;

    private TestJpa(String url) {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(url);
        pool = new PooledSource(server);
        units = Persistence.createEntityManagerFactory(
                "fourfold",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource",
                        "",
                        "jakarta.persistence.nonJtaDataSource",
                        pool));
    }

    public static TestJpa fresh() {
        return new TestJpa(TestDatabase.copyOf(Migrated.URL));
    }

    /** On a database that is there already. */
    public static TestJpa on(String url) {
        migrate(url);
        return new TestJpa(url);
    }

    private static void migrate(String url) {
        Flyway.configure().dataSource(url, null, null).load().migrate();
    }

    /** Pooled connections that commit by themselves. */
    public DataSource source() {
        return pool;
    }

    public EntityManagerFactory units() {
        return units;
    }

    @Override
    public void close() {
        units.close();
        pool.close();
    }

    /** Migrated once; the tests get copies. */
    private static final class Migrated {

        private static final String URL = TestDatabase.freshDatabase();

        static {
            migrate(URL);
        }
    }
}
