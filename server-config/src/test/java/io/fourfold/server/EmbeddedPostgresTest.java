package io.fourfold.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
final class EmbeddedPostgresTest {

    private Path folder;
    private EmbeddedPostgres server;

    @BeforeEach
    void start() {
        folder = TestDatabase.temporaryFolder();
        server = again(0);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        PostgresBinaries.delete(folder);
    }

    private EmbeddedPostgres again(int port) {
        return EmbeddedPostgres.start(folder.resolve("data"), TestDatabase.binaries(), port);
    }

    @Test
    void answersAsUtf8WithDataChecksums() throws SQLException {
        assertThat(ask("show server_encoding")).isEqualTo("UTF8");
        assertThat(ask("show data_checksums")).isEqualTo("on");
        assertThat(ask("select lower('ÄÖ')")).isEqualTo("äö");
        assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void aServerLeftBehindIsTakenOver() {
        EmbeddedPostgres second = again(0);

        assertThat(second.pid()).isEqualTo(server.pid());
        assertThat(second.port()).isEqualTo(server.port());
        assertThat(second.jdbcUrl()).isEqualTo(server.jdbcUrl());
    }

    @Test
    void aKilledServerComesBackOnItsPortWithItsData() throws Exception {
        ask("create table kept as select 7 as seven");
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        awaitDeath(server);

        long first = server.pid();
        server = again(server.port());

        assertThat(server.pid()).isNotEqualTo(first);
        assertThat(ask("select seven from kept")).isEqualTo("7");
    }

    @Test
    void stopLeavesNothingRunning() {
        server.stop();

        assertThat(server.isAlive()).isFalse();
        assertThat(Files.exists(folder.resolve("data/postmaster.pid"))).isFalse();
    }

    private static void awaitDeath(EmbeddedPostgres server) throws InterruptedException {
        while (server.isAlive()) {
            Thread.sleep(10);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
