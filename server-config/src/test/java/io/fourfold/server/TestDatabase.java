package io.fourfold.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of a JVM: started when first asked for, stopped and removed when the JVM ends. */
public final class TestDatabase {

    /** Nothing here outlives the JVM, so nothing need survive a power cut. */
    private static final Map<String, String> FAST =
            Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "300");

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private TestDatabase() {}

    /** The JDBC URL, with user and password, of a new, empty database. */
    public static String freshDatabase() {
        return database("");
    }

    /** The same of a new database with all that is in another one, which nobody is connected to. */
    public static String copyOf(String url) {
        return database(" template " + url.replaceFirst(".*/(\\w+)\\?.*", "$1"));
    }

    private static String database(String how) {
        String name = "test_" + COUNTER.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + how);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return server().jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    public static EmbeddedPostgres server() {
        return Shared.SERVER;
    }

    /** Where tests may keep the unpacked programs; shared by all modules and runs. */
    public static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "fourfold-test-" + System.getProperty("user.name"));
    }

    /** A folder that also the account which runs PostgreSQL may enter. */
    static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("fourfold-test-");
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static final class Shared {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            Path folder = temporaryFolder();
            EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("data"), binaries(), 0, FAST);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
            return server;
        }

        private static void end(EmbeddedPostgres server, Path folder) {
            server.stop();
            try {
                PostgresBinaries.delete(folder);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
