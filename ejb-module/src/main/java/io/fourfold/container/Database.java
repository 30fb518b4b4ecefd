package io.fourfold.container;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The data source, migrated before anything else starts. */
@DataSourceDefinition(
        name = "java:app/jdbc/fourfold",
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${MPCONFIG=fourfold.db.url}",
        user = "${MPCONFIG=fourfold.db.user}",
        password = "${MPCONFIG=fourfold.db.password}",
        minPoolSize = 2,
        maxPoolSize = 40,
        properties = {
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=auto-commit",
            "fish.payara.fail-all-connections=true"
        })
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Database {

    @Resource(lookup = "java:app/jdbc/fourfold")
    DataSource source;

    @PersistenceUnit(unitName = "fourfold")
    EntityManagerFactory units;

    @PostConstruct
    void migrate() {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Tells this database from all others, and not from a copy of its files. */
    public String identity() {
        String sql = "select system_identifier || '.' || oid from pg_control_system(), pg_database"
                + " where datname = current_database()";
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException broken) {
            throw new IllegalStateException("The database does not say which one it is", broken);
        }
    }

    public DataSource source() {
        return source;
    }

    public EntityManagerFactory units() {
        return units;
    }
}
