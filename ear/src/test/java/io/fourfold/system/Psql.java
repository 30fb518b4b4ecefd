package io.fourfold.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A hand in the database of a running server, past the server. */
final class Psql {

    private static final int PORT_LINE = 3;

    private final String url;

    private Psql(String url) {
        this.url = url;
    }

    static Psql of(TestServer server) {
        try {
            Path folder = Files.isSymbolicLink(server.data().resolve("database"))
                    ? server.data().resolve("database").toRealPath()
                    : server.data();
            Path home = folder.resolve("postgres");
            List<String> lines = Files.readAllLines(home.resolve("postmaster.pid"));
            return new Psql("jdbc:postgresql://127.0.0.1:"
                    + lines.get(PORT_LINE).strip() + "/postgres?user=postgres&password="
                    + Files.readString(home.resolve("fourfold.password")).strip());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** With user and password. */
    String url() {
        return url;
    }

    void run(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** With the trigger that refuses changes switched off, and on again after. */
    void tamper(String sql) {
        run("alter table log_entry disable trigger log_append_only; " + sql
                + "; alter table log_entry enable always trigger log_append_only");
    }

    String text(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
